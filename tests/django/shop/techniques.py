"""Django's performance checklist, each technique with its before: what `apictl request --timing` shows.

Under the debug toolbar, whose `Server-Timing` counts the queries. `POST /api/techniques/rows/` makes the rows
of a test that is about many.
"""

import hashlib
import json
from collections import deque

from django.contrib.auth.models import User
from django.http import StreamingHttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_page
from django.views.decorators.http import condition
from rest_framework import generics, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from shop import urls
from shop.models import Note, Product
from shop.serializers import NoteSerializer, ProductSerializer

ROWS = 100


class Rows(APIView):
    def post(self, request):
        owners = list(User.objects.all())
        Note.objects.bulk_create(
            Note(owner=owners[i % len(owners)], title=f"row {i}") for i in range(ROWS)
        )
        return Response({"rows": Note.objects.count()}, status=201)


class NotesOneByOne(generics.ListAPIView):
    """Before: a query for the owner of each note."""

    queryset = Note.objects.all()
    serializer_class = NoteSerializer
    pagination_class = None


class NotesJoined(NotesOneByOne):
    """After: `select_related`."""

    queryset = Note.objects.select_related("owner")


class Author(serializers.ModelSerializer):
    titles = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["username", "titles"]

    def get_titles(self, user):
        return [note.title for note in user.note_set.all()]


class AuthorsOneByOne(generics.ListAPIView):
    """Before: a query for the notes of each user."""

    queryset = User.objects.order_by("id")
    serializer_class = Author
    pagination_class = None


class AuthorsPrefetched(AuthorsOneByOne):
    """After: `prefetch_related`."""

    queryset = User.objects.order_by("id").prefetch_related("note_set")


def work(rounds=200_000):
    """Some CPU time that nobody can save."""
    return hashlib.pbkdf2_hmac("sha256", b"report", b"salt", rounds).hex()


class Statistics(APIView):
    """Before: counted and worked out for every request."""

    def get(self, request):
        return Response({"products": Product.objects.count(), "digest": work()})


@method_decorator(cache_page(60), name="dispatch")
class StatisticsCached(Statistics):
    """After: `cache_page`."""


class Page(APIView):
    """Before: all bytes, every time."""

    def get(self, request):
        return Response(ProductSerializer(Product.objects.all()[:500], many=True).data)


def version(request, *args, **kwargs):
    return f'"products-{Product.objects.count()}"'


@method_decorator(condition(etag_func=version), name="dispatch")
class PageWithVersion(Page):
    """After: an `ETag` from one cheap query, 304 to who has the page already."""


class Report(APIView):
    """Before: the caller waits for the work."""

    def post(self, request):
        return Response({"digest": work()})


# A queue that another process would work off.
QUEUE = deque(maxlen=1000)


class ReportLater(APIView):
    """After: 202 at once, the work elsewhere."""

    def post(self, request):
        QUEUE.append("report")
        return Response({"status": "/api/techniques/report/1/"}, status=202)


class ProductsWhole(generics.ListAPIView):
    """Before: every column through a serializer."""

    queryset = Product.objects.all()
    serializer_class = ProductSerializer
    pagination_class = None


class ProductsLight(APIView):
    """After: two columns, `values`."""

    def get(self, request):
        return Response(list(Product.objects.values("id", "name")))


def lines():
    for product in Product.objects.all()[:300].iterator(chunk_size=50):
        yield json.dumps(ProductSerializer(product).data, default=str) + "\n"


class Export(APIView):
    """Before: nothing is sent until everything is there."""

    def get(self, request):
        return Response("".join(lines()))


class ExportStreamed(APIView):
    """After: `StreamingHttpResponse`."""

    def get(self, request):
        return StreamingHttpResponse(lines(), content_type="application/x-ndjson")


PAIRS = {
    "notes": (NotesOneByOne, NotesJoined),
    "authors": (AuthorsOneByOne, AuthorsPrefetched),
    "statistics": (Statistics, StatisticsCached),
    "page": (Page, PageWithVersion),
    "report": (Report, ReportLater),
    "products": (ProductsWhole, ProductsLight),
    "export": (Export, ExportStreamed),
}

urlpatterns = [
    *urls.urlpatterns,
    path("api/techniques/rows/", Rows.as_view()),
    *(
        path(f"api/techniques/{name}/{when}/", view.as_view())
        for name, pair in PAIRS.items()
        for when, view in zip(("before", "after"), pair)
    ),
]
