"""DRF's three paginators, and the ones that go wrong on purpose."""

from django.conf import settings
from rest_framework import pagination


class PageNumber(pagination.PageNumberPagination):
    page_size_query_param = "page_size"
    max_page_size = settings.MAX_PAGE_SIZE


class LimitOffset(pagination.LimitOffsetPagination):
    max_limit = settings.MAX_PAGE_SIZE


class NewestFirst(pagination.CursorPagination):
    ordering = "-created"
    page_size_query_param = "page_size"
    max_page_size = settings.MAX_PAGE_SIZE


class ByCategory(NewestFirst):
    """Ties: about two hundred rows share each position, and offsets tell them apart."""

    ordering = "category"


class ByCurrency(NewestFirst):
    """All rows tie: past offset 1000 DRF's cursor names the same page for ever."""

    ordering = "currency"


class ElsewhereNext(PageNumber):
    """Links as behind a proxy that nobody told Django about."""

    def get_next_link(self):
        link = super().get_next_link()
        return link and "https://inner.example.test:8443" + link[link.index("/", len("https://")) :]


class CircularNext(PageNumber):
    """`next` names the page that was asked for."""

    def get_next_link(self):
        return super().get_next_link() and self.request.build_absolute_uri()
