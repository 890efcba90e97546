"""The products by formula: row `i`, counted from 1, is the same here and in the embedded server."""

import datetime
from decimal import Decimal

PRODUCTS = 1023
MAKES = ["Oak", "Steel", "Linen", "Crème", "Paper", "Glass", "Copper"]
THINGS = ["chair", "lamp", "kettle", "notebook", "bowl", "clock", "basket", "shelf", "mug", "rug", "vase"]
CATEGORIES = ["books", "garden", "kitchen", "music", "office"]
EPOCH = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)


def product(i):
    cents = 100 + i * 7919 % 99_900
    return {
        "id": i,
        "name": f"{MAKES[i % 7]} {THINGS[i % 11]} {i}",
        "price": Decimal(cents).scaleb(-2),
        "rating": i * 31 % 50 / 10,
        "category": CATEGORIES[i % 5],
        "currency": "EUR",
        "in_stock": i % 9 != 0,
        "created": EPOCH + datetime.timedelta(minutes=i),
    }
