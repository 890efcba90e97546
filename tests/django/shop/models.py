"""Products to page through; notes and drafts that belong to somebody."""

from django.conf import settings
from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=100)
    price = models.DecimalField(max_digits=10, decimal_places=2)
    rating = models.FloatField()
    category = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    in_stock = models.BooleanField(default=True)
    created = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["id"]


class Owned(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    title = models.CharField(max_length=100)
    text = models.TextField(blank=True, default="")
    pinned = models.BooleanField(default=False)
    priority = models.IntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["id"]


class Note(Owned):
    pass


class Draft(Owned):
    pass


class Pair(models.Model):
    """Every product with every other: a million rows in a view, for lists that are too long to be walked."""

    left = models.BigIntegerField()
    right = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "shop_pair"
