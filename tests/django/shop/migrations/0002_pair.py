from django.db import migrations, models

VIEW = """
CREATE VIEW shop_pair AS
SELECT (a.id - 1) * 1023 + b.id AS id, a.id AS "left", b.id AS "right" FROM shop_product a, shop_product b
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW shop_pair"),
        migrations.CreateModel(
            name="Pair",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("left", models.BigIntegerField()),
                ("right", models.BigIntegerField()),
            ],
            options={"db_table": "shop_pair", "managed": False},
        ),
    ]
