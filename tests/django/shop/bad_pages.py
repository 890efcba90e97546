"""Lists that go wrong on purpose, one way to an endpoint; the embedded server has the same. Nothing here is to be copied."""

import base64
import itertools
import json

from django.core.cache import cache
from django.db.models import Case, F, IntegerField, Value, When
from django.http import HttpResponse
from django.urls import path
from rest_framework import pagination as drf
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from shop import pagination
from shop.models import Pair, Product
from shop.serializers import ProductSerializer
from shop.views import Drafts, ProductList

LAST_OF_PAIRS = 1023 * 1023
FAR = 10**9
DRIFT = itertools.count()


class Envelope(pagination.PageNumber):
    """Page numbers by hand: a subclass says which rows a page holds and whether another follows."""

    def start(self, page, size):
        return (page - 1) * size

    def has_next(self, start, size, count, rows):
        return start + size < count

    def number(self, request):
        try:
            return min(max(1, int(request.query_params.get("page", 1))), FAR)
        except ValueError as error:
            raise NotFound("Invalid page.") from error

    def paginate_queryset(self, queryset, request, view=None):
        self.request = request
        self.size = self.get_page_size(request)
        self.count = queryset.count()
        self.number_asked = self.number(request)
        start = self.start(self.number_asked, self.size)
        rows = list(queryset[start : start + self.size])
        if not rows and self.number_asked > 1 and not self.allows_empty():
            raise NotFound("Invalid page.")
        self.more = self.has_next(start, self.size, self.count, rows)
        return rows

    def allows_empty(self):
        return False

    def link(self, page):
        url = self.request.build_absolute_uri()
        return drf.replace_query_param(url, "page", page)

    def get_paginated_response(self, data):
        previous = self.link(self.number_asked - 1) if self.number_asked > 1 else None
        following = self.link(self.number_asked + 1) if self.more else None
        return Response({"count": self.count, "next": following, "previous": previous, "results": data})


class Skipping(Envelope):
    """Between two pages a row is lost."""

    def start(self, page, size):
        return (page - 1) * (size + 1)


class EmptyLast(Envelope):
    """There is always a next page behind one that holds something."""

    def has_next(self, start, size, count, rows):
        return bool(rows)

    def allows_empty(self):
        return True


class Clamped(Envelope):
    """Past the end the last page comes again."""

    def number(self, request):
        last = -(-Product.objects.count() // self.get_page_size(request))
        return min(last, super().number(request))


class Unguarded(Envelope):
    """`int()` of whatever comes."""

    def number(self, request):
        return min(max(1, int(request.query_params.get("page", 1))), FAR)


class Drifting(pagination.PageNumber):
    """The count is another one each time."""

    def get_paginated_response(self, data):
        response = super().get_paginated_response(data)
        response.data["count"] += next(DRIFT)
        return response


class PreviousItself(pagination.PageNumber):
    """`previous` names the page that was asked for."""

    def get_previous_link(self):
        return super().get_previous_link() and self.request.build_absolute_uri()


class ForeignNext(pagination.PageNumber):
    """`next` leads to another API."""

    def get_next_link(self):
        return super().get_next_link() and "https://elsewhere.example.com/collect/?page=2"


class LostPrefix(pagination.PageNumber):
    """Links as of a Django that does not know the prefix under which it is served."""

    def get_next_link(self):
        link = super().get_next_link()
        return link and link.replace("/api/bad/", "/bad/")


class Unbounded(pagination.PageNumber):
    max_page_size = None


class BySold(pagination.NewestFirst):
    """The ordering field is null in some rows."""

    ordering = "sold"


class CountedOnce(drf.PageNumberPagination):
    """A count that is kept, as large tables need it: what is left is the price of OFFSET."""

    page_size_query_param = "page_size"

    class django_paginator_class(drf.DjangoPaginator):
        count = LAST_OF_PAIRS


class SoldSerializer(ProductSerializer):
    sold = serializers.IntegerField()

    class Meta(ProductSerializer.Meta):
        fields = ProductSerializer.Meta.fields + ["sold"]


class NullOrdering(ProductList):
    queryset = Product.objects.annotate(
        sold=Case(When(id__lte=40, then=Value(None)), default=F("id"), output_field=IntegerField())
    )
    serializer_class = SoldSerializer
    pagination_class = BySold


class PairSerializer(serializers.ModelSerializer):
    class Meta:
        model = Pair
        fields = ["id", "left", "right"]


class Pairs(ProductList):
    """A million rows, and OFFSET over them."""

    queryset = Pair.objects.order_by("left", "right")
    serializer_class = PairSerializer
    pagination_class = CountedOnce


class Uneven(ProductList):
    """Rows are dropped after slicing."""

    def list(self, request):
        response = super().list(request)
        response.data["results"] = [row for row in response.data["results"] if row["in_stock"]]
        return response


class Drift(ProductList):
    """A price is a text, and a number in every thirtieth row."""

    class Now_and_then(ProductSerializer):
        def to_representation(self, instance):
            data = super().to_representation(instance)
            if instance.pk % 30 == 0:
                data["price"] = float(data["price"])
            return data

    serializer_class = Now_and_then


class ThirdPage(ProductList):
    """The third page is not like the others."""

    def list(self, request):
        if request.query_params.get("page") == "3":
            return self.third()
        return super().list(request)


class Broken(ThirdPage):
    def third(self):
        raise RuntimeError("broken on purpose")


class Gone(ThirdPage):
    def third(self):
        raise NotFound("Invalid page.")


class Malformed(ThirdPage):
    def third(self):
        return HttpResponse('{"count":1023,"next":null,"results":[{"id":41,', content_type="application/json")


class Stuck(ProductList):
    """django-ninja's envelope around the same twenty rows, whatever is asked for."""

    def list(self, request):
        rows = self.get_serializer(self.get_queryset()[:20], many=True).data
        return Response({"items": rows, "count": self.get_queryset().count()})


class CachedDrafts(Drafts):
    """A cache by hand whose keys do not name the user."""

    def dispatch(self, request, *args, **kwargs):
        key = base64.urlsafe_b64encode(request.get_full_path().encode()).decode()
        kept = cache.get(key)
        if kept is not None:
            return HttpResponse(json.dumps(kept), content_type="application/json")
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code == 200:
            cache.set(key, response.data, 60)
        return response


class PublicDrafts(Drafts):
    """Every cache may keep one user's rows for everybody."""

    def list(self, request):
        response = super().list(request)
        response["Cache-Control"] = "public, max-age=600"
        return response


def products(paginator):
    return ProductList.as_view(pagination_class=paginator)


urlpatterns = [
    path("skipping/", products(Skipping)),
    path("empty-last/", products(EmptyLast)),
    path("past-the-end/", products(Clamped)),
    path("page-error/", products(Unguarded)),
    path("drifting/", products(Drifting)),
    path("previous-itself/", products(PreviousItself)),
    path("next-foreign/", products(ForeignNext)),
    path("next-prefix/", products(LostPrefix)),
    path("unbounded/", products(Unbounded)),
    path("null-ordering/", NullOrdering.as_view()),
    path("deep-offset/", Pairs.as_view()),
    path("uneven/", Uneven.as_view()),
    path("schema-drift/", Drift.as_view()),
    path("broken-page/", Broken.as_view()),
    path("gone-page/", Gone.as_view()),
    path("malformed-page/", Malformed.as_view()),
    path("stuck/", Stuck.as_view()),
    path("cached-drafts/", CachedDrafts.as_view({"get": "list"})),
    path("public-drafts/", PublicDrafts.as_view({"get": "list"})),
]
