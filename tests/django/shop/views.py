"""The endpoints: the good ones first, then one deliberately bad one of each kind."""

from rest_framework import generics, viewsets
from rest_framework.authentication import BasicAuthentication, SessionAuthentication, TokenAuthentication
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import IsAdminUser, IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, ScopedRateThrottle, UserRateThrottle
from rest_framework.views import APIView

from shop import pagination, throttles
from shop.models import Draft, Note, Product
from shop.permissions import IsOwnerOrReadOnly
from shop.serializers import DraftSerializer, NoteSerializer, ProductSerializer

ONE_RESULT = {"secret_data": "the launch code is 0000"}


class Products(viewsets.ReadOnlyModelViewSet):
    queryset = Product.objects.all()
    serializer_class = ProductSerializer
    throttle_classes = [AnonRateThrottle, UserRateThrottle]


class ProductList(generics.ListAPIView):
    queryset = Product.objects.all()
    serializer_class = ProductSerializer


class Me(APIView):
    permission_classes = [IsAuthenticated]

    def get(self, request):
        user = request.user
        return Response(
            {"id": user.pk, "username": user.username, "email": user.email, "is_staff": user.is_staff}
        )


class TokenMe(Me):
    authentication_classes = [TokenAuthentication]


class BasicMe(Me):
    authentication_classes = [BasicAuthentication]


class SessionMe(Me):
    authentication_classes = [SessionAuthentication]

    def post(self, request):
        return self.get(request)


class SessionTokenMe(SessionMe):
    """The first class decides between 401 and 403: here 403."""

    authentication_classes = [SessionAuthentication, TokenAuthentication]


class TokenSessionMe(SessionMe):
    authentication_classes = [TokenAuthentication, SessionAuthentication]


class SecretData(APIView):
    permission_classes = [IsAdminUser]

    def get(self, request):
        return Response(ONE_RESULT)


class Notes(viewsets.ModelViewSet):
    """Anybody reads, users write, owners change."""

    queryset = Note.objects.select_related("owner")
    serializer_class = NoteSerializer
    permission_classes = [IsAuthenticatedOrReadOnly, IsOwnerOrReadOnly]

    def perform_create(self, serializer):
        serializer.save(owner=self.request.user)


class BulkNotes(APIView):
    """Several notes at once."""

    permission_classes = [IsAuthenticated]

    def post(self, request):
        serializer = NoteSerializer(data=request.data, many=True)
        serializer.is_valid(raise_exception=True)
        serializer.save(owner=request.user)
        return Response(serializer.data, status=201)


class Drafts(Notes):
    """Only one's own exist."""

    queryset = Draft.objects.select_related("owner")
    serializer_class = DraftSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self):
        return super().get_queryset().filter(owner=self.request.user)


class Ping(APIView):
    def get(self, request):
        return Response({"ok": True})

    def post(self, request):
        return Response({"ok": True})


class AnonPing(Ping):
    throttle_classes = [throttles.ThrottledAnon]


class UserPing(Ping):
    throttle_classes = [throttles.ThrottledUser]


class ScopedPing(Ping):
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "uploads"


class StackedPing(Ping):
    throttle_classes = [throttles.Burst, throttles.Sustained]


class TwicePing(Ping):
    """Bad: two throttles that count in one list."""

    throttle_classes = [throttles.TwiceAMinute, throttles.TwiceASecond]


class PrivatePing(Ping):
    """Permission comes before throttling: token guessing is never slowed down."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [throttles.ThrottledUser]


class Unordered(ProductList):
    """Bad: each page is cut from another shuffle."""

    queryset = Product.objects.order_by("?")


class Bare(ProductList):
    """No pagination at all."""

    pagination_class = None


class StockPages(ProductList):
    """DRF's page numbers as they come: `page_size` in the query is ignored, and echoed."""

    pagination_class = PageNumberPagination


class OpenSecret(APIView):
    """Bad: the admin's data without a permission class."""

    def get(self, request):
        return Response(ONE_RESULT)


class LeakyDrafts(Drafts):
    """Bad: everybody's drafts in the list, though the detail is refused."""

    permission_classes = [IsAuthenticated, IsOwnerOrReadOnly]

    def get_queryset(self):
        return Draft.objects.select_related("owner")

    def check_object_permissions(self, request, obj):
        super().check_object_permissions(request, obj)
        if obj.owner_id != request.user.pk:
            self.permission_denied(request)


class Broken(APIView):
    """Bad: an unhandled exception."""

    def get(self, request):
        raise RuntimeError("broken on purpose")


class Miscounting(ProductList):
    """Bad: `count` says one row more than there is."""

    class Miscounted(pagination.PageNumber):
        def get_paginated_response(self, data):
            response = super().get_paginated_response(data)
            response.data["count"] += 1
            return response

    pagination_class = Miscounted


class NPlusOne(ProductList):
    """Bad: a query for every row."""

    class OneQueryEach(ProductSerializer):
        def to_representation(self, instance):
            return super().to_representation(Product.objects.get(pk=instance.pk))

    serializer_class = OneQueryEach
