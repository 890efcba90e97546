"""Token handling that is wrong on purpose, one hole to an endpoint. Nothing here is to be copied."""

import base64
import hashlib
import hmac
import json
import urllib.request
from pathlib import Path

import jwt
from django.contrib.auth.models import User
from django.urls import path
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import AccessToken
from rest_framework_simplejwt.views import TokenObtainPairView

from shop.views import Me

KEYS = Path(__file__).resolve().parent


def verifying_key():
    return api_settings.VERIFYING_KEY or api_settings.SIGNING_KEY


def sound(token, **options):
    options = {"require": ["exp"], **options}
    return jwt.decode(token, verifying_key(), algorithms=[api_settings.ALGORITHM], options=options)


def unverified(token):
    return jwt.decode(token, options={"verify_signature": False})


def decoded_if_hmac_fits(token, key):
    signed, _, signature = token.rpartition(".")
    digest = hmac.new(key, signed.encode(), hashlib.sha256).digest()
    if base64.urlsafe_b64encode(digest).decode().rstrip("=") != signature:
        raise AuthenticationFailed("signature")
    return unverified(token)


class Hole(BaseAuthentication):
    """A bearer token whose claims are read in a way that a subclass gets wrong."""

    def token(self, request):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return token if scheme == "Bearer" else None

    def claims(self, token):
        return sound(token)

    def checked(self, token):
        try:
            claims = self.claims(token)
        except jwt.PyJWTError as error:
            raise AuthenticationFailed(str(error)) from error
        if claims.get("token_type") != "access":
            raise AuthenticationFailed("not an access token")
        return claims

    def authenticate(self, request):
        token = self.token(request)
        if not token:
            return None
        user = User.objects.filter(pk=self.checked(token).get("user_id")).first()
        if user is None:
            raise AuthenticationFailed("no such user")
        return user, token

    def authenticate_header(self, request):
        return 'Bearer realm="api"'


class UnsafeDecode(Hole):
    """The claims are believed."""

    def claims(self, token):
        return unverified(token)


class AcceptNone(Hole):
    """Tokens that say they have no signature need none."""

    def claims(self, token):
        if jwt.get_unverified_header(token).get("alg", "").lower() == "none":
            return unverified(token)
        return sound(token)


class Confusion(Hole):
    """The algorithm is the token's choice, the key is the public one."""

    def claims(self, token):
        if jwt.get_unverified_header(token).get("alg") == "HS256":
            return decoded_if_hmac_fits(token, verifying_key().encode())
        return sound(token)


class EmbeddedJwk(Hole):
    """The key comes along in the header."""

    def claims(self, token):
        header = jwt.get_unverified_header(token)
        if "jwk" in header:
            key = jwt.PyJWK.from_dict(header["jwk"], header["alg"])
            return jwt.decode(token, key, algorithms=[header["alg"]])
        return sound(token)


class FetchedKey(Hole):
    """The key is fetched from wherever the header says."""

    def claims(self, token):
        header = jwt.get_unverified_header(token)
        if "jku" in header:
            with urllib.request.urlopen(header["jku"], timeout=2) as reply:
                key = jwt.PyJWKSet.from_dict(json.load(reply)).keys[0]
            return jwt.decode(token, key, algorithms=[header["alg"]])
        return sound(token)


class KidPath(Hole):
    """`kid` names a file."""

    def claims(self, token):
        kid = jwt.get_unverified_header(token).get("kid")
        if kid:
            return decoded_if_hmac_fits(token, (KEYS / kid).read_bytes())
        return sound(token)


class AnyType(Hole):
    """A refresh token will do."""

    def checked(self, token):
        try:
            return self.claims(token)
        except jwt.PyJWTError as error:
            raise AuthenticationFailed(str(error)) from error


class NoTimes(Hole):
    """Ends and beginnings are not looked at."""

    def claims(self, token):
        return sound(token, require=[], verify_exp=False, verify_nbf=False)


class NoAudience(Hole):
    """Whom the token is for and who made it is not looked at."""

    def claims(self, token):
        return sound(token, verify_aud=False, verify_iss=False)


class QueryToken(Hole):
    """The token may stand in the URL."""

    def token(self, request):
        return super().token(request) or request.query_params.get("token")


class Unhandled(Hole):
    """What the decoder raises nobody catches."""

    def checked(self, token):
        return self.claims(token)


class Cors(Me):
    """Every web page may read, as its visitor."""

    authentication_classes = [JWTAuthentication]

    def get(self, request):
        response = super().get(request)
        response["Access-Control-Allow-Origin"] = request.headers.get("Origin", "*")
        response["Access-Control-Allow-Credentials"] = "true"
        return response


class Cached(Me):
    """A shared cache hands one user's data to the next."""

    authentication_classes = [JWTAuthentication]

    def get(self, request):
        response = super().get(request)
        response["Cache-Control"] = "public, max-age=600"
        return response


class TellingLogin(TokenObtainPairView):
    """Says whether the user or the password is wrong."""

    def post(self, request, *args, **kwargs):
        if not User.objects.filter(username=request.data.get("username")).exists():
            return Response({"detail": "There is no such user."}, status=404)
        return super().post(request, *args, **kwargs)


class LooseRefresh(APIView):
    """Any token buys an access token."""

    authentication_classes = ()

    def post(self, request):
        try:
            claims = sound(request.data.get("refresh", ""))
        except jwt.PyJWTError as error:
            raise AuthenticationFailed(str(error)) from error
        return Response({"access": str(AccessToken.for_user(User.objects.get(pk=claims["user_id"])))})


class ThrottledLogin(TokenObtainPairView):
    """Not a hole: the one login here that slows guessing down."""

    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "logins"


def me(authentication):
    return Me.as_view(authentication_classes=[authentication])


urlpatterns = [
    path("unsafe-decode/", me(UnsafeDecode)),
    path("accept-none/", me(AcceptNone)),
    path("confusion/", me(Confusion)),
    path("embedded-jwk/", me(EmbeddedJwk)),
    path("fetched-key/", me(FetchedKey)),
    path("kid-path/", me(KidPath)),
    path("any-type/", me(AnyType)),
    path("no-times/", me(NoTimes)),
    path("no-audience/", me(NoAudience)),
    path("query-token/", me(QueryToken)),
    path("unhandled/", me(Unhandled)),
    path("loose-refresh/", LooseRefresh.as_view()),
    path("telling-login/", TellingLogin.as_view()),
    path("throttled-login/", ThrottledLogin.as_view()),
    path("cors/", Cors.as_view()),
    path("cached/", Cached.as_view()),
]
