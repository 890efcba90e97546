"""A part of the shop with drf-spectacular's document of it, and two views that the document is wrong about."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from shop import views

router = SimpleRouter()
router.register("notes", views.Notes)
router.register("drafts", views.Drafts)


class IsOwner(BasePermission):
    """Says nothing of requests without an object: on a list it lets everybody in."""

    def has_object_permission(self, request, view, obj):
        return obj.owner_id == request.user.pk


class Invoices(APIView):
    """Bad: the document says that a credential is needed."""

    permission_classes = [IsOwner]

    def get(self, request):
        return Response([{"total": "10.00"}])


class Profile(APIView):
    """Bad: the document says that no credential is needed."""

    permission_classes = [AllowAny]

    def get(self, request):
        if not request.user.is_authenticated:
            raise NotAuthenticated()
        return Response({"username": request.user.username})


urlpatterns = [
    path("api/schema/", SpectacularAPIView.as_view()),
    path("api/me/", views.Me.as_view()),
    path("api/secret-data/", views.SecretData.as_view()),
    path("api/unthrottled/", views.Ping.as_view()),
    path("api/invoices/", Invoices.as_view()),
    path("api/profile/", Profile.as_view()),
    path("api/", include(router.urls)),
]
