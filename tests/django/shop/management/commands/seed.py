"""Fills an empty database with what the embedded server also holds."""

from django.apps import apps
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from rest_framework.authtoken.models import Token

from shop.catalogue import PRODUCTS, product
from shop.models import Draft, Note, Product

# Names, in order of id, and passwords.
USERS = ["alice", "bob", "carol", "admin", "inactive"]
# API keys are fixed so that the embedded server can hand out the same: forty times the user's id.
KEY_LENGTH = 40


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        for number, name in enumerate(USERS, start=1):
            user = User(id=number, username=name, email=f"{name}@example.com")
            user.is_active = name != "inactive"
            user.is_staff = user.is_superuser = name == "admin"
            user.set_password(f"{name}-pass")
            user.save()
            Token.objects.create(user=user, key=str(number) * KEY_LENGTH)
        Product.objects.bulk_create(Product(**product(i)) for i in range(1, PRODUCTS + 1))
        for model, kind in ((Note, "note"), (Draft, "draft")):
            for number, owner in enumerate((1, 1, 1, 2, 2, 3), start=1):
                model.objects.create(
                    id=number,
                    owner_id=owner,
                    title=f"{kind} {number} of {USERS[owner - 1]}",
                    text="",
                    pinned=number == 1,
                    priority=number % 3,
                )
        if apps.is_installed("oauth2_provider"):
            Application = apps.get_model("oauth2_provider", "Application")
            for grant in (Application.GRANT_PASSWORD, Application.GRANT_CLIENT_CREDENTIALS):
                Application.objects.create(
                    client_id=grant,
                    client_secret=f"{grant}-secret",
                    client_type=Application.CLIENT_CONFIDENTIAL,
                    authorization_grant_type=grant,
                )
