"""The shop with pages in the shapes of other packages, as those packages make them."""

from django.conf import settings
from django.urls import path
from drf_link_header_pagination import LinkHeaderPagination
from ninja import ModelSchema, NinjaAPI
from ninja.pagination import LimitOffsetPagination, PageNumberPagination, paginate
from rest_framework_json_api.pagination import JsonApiPageNumberPagination
from rest_framework_json_api.renderers import JSONRenderer

from shop import urls, views
from shop.pagination import PageNumber
from shop.models import Product


class LinkHeader(LinkHeaderPagination):
    page_size_query_param = "page_size"
    max_page_size = settings.MAX_PAGE_SIZE


class OwnSize(PageNumber):
    page_size_query_param = "size"


class JsonApi(JsonApiPageNumberPagination):
    max_page_size = settings.MAX_PAGE_SIZE


class JsonApiProductList(views.ProductList):
    renderer_classes = [JSONRenderer]
    pagination_class = JsonApi
    resource_name = "products"

    def get_view_name(self):
        return "Product List"


class ProductSchema(ModelSchema):
    class Meta:
        model = Product
        fields = ["id", "name", "price", "rating", "category", "currency", "in_stock", "created"]


ninja = NinjaAPI(urls_namespace="envelopes", docs_url=None, openapi_url=None)


@ninja.get("/products-ninja/", response=list[ProductSchema])
@paginate(LimitOffsetPagination)
def products(request):
    return Product.objects.all()


@ninja.get("/products-ninja-pages/", response=list[ProductSchema])
@paginate(PageNumberPagination)
def products_by_page(request):
    return Product.objects.all()


urlpatterns = [
    *urls.urlpatterns,
    path("api/products-link-header/", views.ProductList.as_view(pagination_class=LinkHeader)),
    path("api/products-own-size/", views.ProductList.as_view(pagination_class=OwnSize)),
    path("api/products-json-api/", JsonApiProductList.as_view()),
    path("api/", ninja.urls),
]
