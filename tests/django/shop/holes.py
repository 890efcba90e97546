"""Token handling that is wrong on purpose, one hole to an endpoint. Nothing here is to be copied."""

import base64
import hashlib
import hmac
import json
import time
import urllib.request
from pathlib import Path

import jwt
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_page
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken
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


def jwks_document():
    return JsonResponse({"keys": [json.loads(jwk_of(verifying_key()))]}).content


def jwk_of(pem):
    algorithm = jwt.get_algorithm_by_name(api_settings.ALGORITHM)
    return algorithm.to_jwk(algorithm.prepare_key(pem))


def hmac_must_fit(token, key):
    signed, _, signature = token.rpartition(".")
    digest = hmac.new(key, signed.encode(), hashlib.sha256).digest()
    if base64.urlsafe_b64encode(digest).decode().rstrip("=") != signature:
        raise AuthenticationFailed("signature")


def decoded_if_hmac_fits(token, key):
    hmac_must_fit(token, key)
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


class AcceptOneSpelling(Hole):
    """Filters three of four spellings."""

    spelling = "none"

    def claims(self, token):
        if jwt.get_unverified_header(token).get("alg") == self.spelling:
            return unverified(token)
        return sound(token)


class EmptyKey(Hole):
    """A key that was never set is an empty text, and signs very well."""

    def claims(self, token):
        try:
            return sound(token)
        except jwt.InvalidSignatureError:
            return decoded_if_hmac_fits(token, b"")


class ConfusionWithJwks(Hole):
    """The algorithm is the token's choice, the key whatever the key endpoint serves."""

    def claims(self, token):
        if jwt.get_unverified_header(token).get("alg") == "HS256":
            return decoded_if_hmac_fits(token, jwks_document())
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


class FetchedCertificate(Hole):
    """A certificate is fetched from wherever the header says; that it is then of no use helps nobody."""

    def claims(self, token):
        header = jwt.get_unverified_header(token)
        if "x5u" in header:
            with urllib.request.urlopen(header["x5u"], timeout=2) as reply:
                reply.read()
        return sound(token)


class CritIgnored(Hole):
    """Extensions that the header calls critical are not looked for: a decoder of one's own."""

    def claims(self, token):
        hmac_must_fit(token, verifying_key().encode())
        claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        if claims.get("exp", 0) < time.time():
            raise AuthenticationFailed("expired")
        return claims


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


class ExpiredAccepted(Hole):
    """The end is not looked at."""

    def claims(self, token):
        return sound(token, verify_exp=False)


class NotYetAccepted(Hole):
    """The beginning is not looked at."""

    def claims(self, token):
        return sound(token, verify_nbf=False)


class EndOptional(Hole):
    """A token without an end never ends."""

    def claims(self, token):
        return sound(token, require=[])


class NoAudience(Hole):
    """Whom the token is for and who made it is not looked at."""

    def claims(self, token):
        return sound(token, verify_aud=False, verify_iss=False)


class QueryToken(Hole):
    """The token may stand in the URL."""

    def token(self, request):
        return super().token(request) or request.query_params.get("token")


class LooseScheme(Hole):
    """Whatever comes last is the token."""

    def token(self, request):
        return request.headers.get("Authorization", "").removeprefix("Bearer").split(" ")[-1]


def no_pair_twice(pairs):
    if len(dict(pairs)) != len(pairs):
        raise AuthenticationFailed("a name twice")
    return dict(pairs)


class Sound(Hole):
    """Not a hole: stricter than the packages, so that every probe can be seen to pass."""

    def token(self, request):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return token if scheme.lower() == "bearer" else None

    def claims(self, token):
        header, claims, signature = (part.rstrip("\n") for part in (token.split(".") + [""] * 3)[:3])
        for part in (header, claims, signature):
            raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
            if base64.urlsafe_b64encode(raw).decode().rstrip("=") != part:
                raise AuthenticationFailed("not canonical base64url")
        json.loads(base64.urlsafe_b64decode(header + "=="), object_pairs_hook=no_pair_twice)
        return sound(token)

    def checked(self, token):
        try:
            claims = super().checked(token)
            if not isinstance(claims.get("iat"), int) or claims["exp"] > 1e11:
                raise AuthenticationFailed("times")
            return {**claims, "user_id": int(claims["user_id"])}
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise AuthenticationFailed("malformed") from error


class SoundMe(Me):
    authentication_classes = [Sound]

    def get(self, request):
        response = super().get(request)
        patch_cache_control(response, private=True)
        return response


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


class CachedByPath(Me):
    """One's own cache, and a key that forgets whose data it is."""

    authentication_classes = [JWTAuthentication]

    def get(self, request):
        return Response(cache.get_or_set(request.get_full_path(), super().get(request).data, 60))


class CachedBeforeLogin(Me):
    """One's own cache, looked into before anybody is asked who they are."""

    authentication_classes = [JWTAuthentication]

    def dispatch(self, request, *args, **kwargs):
        key = "early " + request.get_full_path()
        if (data := cache.get(key)) is not None:
            return JsonResponse(data)
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code == 200:
            cache.set(key, response.data, 60)
        return response


@method_decorator(cache_page(60), name="dispatch")
class CachePage(Me):
    """A hole before Django said `Vary: Authorization` by itself (5.2 does)."""

    authentication_classes = [JWTAuthentication]


class RacyRefresh(APIView):
    """Looks whether the token is on the list, thinks, and puts it there."""

    authentication_classes = ()

    def spend(self, token):
        time.sleep(0.2)
        token.blacklist()

    def post(self, request):
        try:
            token = RefreshToken(request.data.get("refresh", ""))
            self.spend(token)
        except TokenError as error:
            raise InvalidToken(str(error)) from error
        new = RefreshToken.for_user(User.objects.get(pk=token["user_id"]))
        return Response({"access": str(new.access_token), "refresh": str(new)})


class AtomicRefresh(RacyRefresh):
    """Not a hole: who puts the token on the list has spent it, nobody else."""

    def spend(self, token):
        _, first = token.blacklist()
        if not first:
            raise TokenError("Token is blacklisted")


class SlowLogin(TokenObtainPairView):
    """Works hard for users who exist and not for others."""

    def post(self, request, *args, **kwargs):
        if User.objects.filter(username=request.data.get("username")).exists():
            time.sleep(0.8)
        return super().post(request, *args, **kwargs)


class Jwks(APIView):
    """Not a hole: the public key, for whoever wants to check tokens."""

    authentication_classes = ()

    def get(self, request):
        return HttpResponse(jwks_document(), content_type="application/json")


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


def spelt(request, spelling):
    return me(type("Spelt", (AcceptOneSpelling,), {"spelling": spelling}))(request)


urlpatterns = [
    path("accept-none/<str:spelling>/", spelt),
    path("empty-key/", me(EmptyKey)),
    path("confusion-jwks/", me(ConfusionWithJwks)),
    path("fetched-certificate/", me(FetchedCertificate)),
    path("crit-ignored/", me(CritIgnored)),
    path("expired-accepted/", me(ExpiredAccepted)),
    path("not-yet-accepted/", me(NotYetAccepted)),
    path("end-optional/", me(EndOptional)),
    path("loose-scheme/", me(LooseScheme)),
    path("sound/", SoundMe.as_view()),
    path("cached-by-path/", CachedByPath.as_view()),
    path("cached-before-login/", CachedBeforeLogin.as_view()),
    path("cache-page/", CachePage.as_view()),
    path("racy-refresh/", RacyRefresh.as_view()),
    path("atomic-refresh/", AtomicRefresh.as_view()),
    path("slow-login/", SlowLogin.as_view()),
    path("jwks/", Jwks.as_view()),
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
