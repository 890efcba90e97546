"""The shop beside every other package that hands out tokens, each where its documentation puts it."""

from django.urls import include, path
from knox.auth import TokenAuthentication as KnoxAuthentication
from ninja_extra import NinjaExtraAPI
from ninja_jwt.authentication import JWTAuth
from ninja_jwt.controller import NinjaJWTDefaultController
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from shop import urls, views

ninja = NinjaExtraAPI(urls_namespace="ninja")
ninja.register_controllers(NinjaJWTDefaultController)


@ninja.get("/ninja/me", auth=JWTAuth())
def ninja_me(request):
    return {"username": request.auth.username}


class KnoxMe(views.Me):
    authentication_classes = [KnoxAuthentication]


class OauthMe(views.Me):
    authentication_classes = [OAuth2Authentication]


class OauthApplication(APIView):
    """A client without a user: what a client credentials token stands for."""

    authentication_classes = [OAuth2Authentication]
    permission_classes = [AllowAny]

    def get(self, request):
        application = getattr(request.auth, "application", None)
        return Response({"username": application and application.client_id})


urlpatterns = urls.urlpatterns + [
    path("auth/", include("djoser.urls")),
    path("auth/", include("djoser.urls.jwt")),
    path("auth/", include("djoser.urls.authtoken")),
    path("dj-rest-auth/", include("dj_rest_auth.urls")),
    path("api/auth/", include("knox.urls")),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("api/", ninja.urls),
    path("api/me/knox/", KnoxMe.as_view()),
    path("api/me/oauth/", OauthMe.as_view()),
    path("api/me/application/", OauthApplication.as_view()),
]
