"""Django REST framework's throttles on a one-file project.

    python drf_throttles.py CLASS RATE[+RATE…] [--workers N] [--threads N] [--cache local|redis] [--server gunicorn|uwsgi]

CLASS: anon, user or scoped. RATE: as DRF writes it, or `12/4s`, which many projects read with a `parse_rate` of
their own. Several rates are throttles of one view.
"""

import argparse
import re

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path

from loopback import private_redis, serve_uwsgi, serve_wsgi

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("kind", choices=["anon", "user", "scoped"])
parser.add_argument("rates")
parser.add_argument("--workers", type=int, default=1)
parser.add_argument("--threads", type=int, default=8)
parser.add_argument("--cache", choices=["local", "redis"], default="local")
parser.add_argument("--server", choices=["gunicorn", "uwsgi"], default="gunicorn")
given = parser.parse_args()

if given.cache == "redis":
    cache = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"unix://{private_redis()}",
    }
else:
    cache = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only for tests",
    CACHES={"default": cache},
    # Says how long a reply is.
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"],
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_THROTTLE_RATES": {"scope": given.rates},
    },
)
application = get_wsgi_application()

from rest_framework import throttling  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402


class Durations:
    """Reads `12/4s` besides DRF's own `12/min`."""

    def parse_rate(self, rate):
        seconds = re.fullmatch(r"(\d+)/(\d+)s", rate or "")
        return tuple(map(int, seconds.groups())) if seconds else super().parse_rate(rate)


class Scoped(Durations, throttling.ScopedRateThrottle):
    pass


def throttles():
    if given.kind == "scoped":
        return [Scoped]
    base = {"anon": throttling.AnonRateThrottle, "user": throttling.UserRateThrottle}[given.kind]
    return [
        type(f"Throttle{number}", (Durations, base), {"scope": f"scope{number}", "rate": rate})
        for number, rate in enumerate(given.rates.split("+"))
    ]


class Hello(APIView):
    throttle_classes = throttles()
    throttle_scope = "scope"

    def get(self, request):
        return Response("hello")


urlpatterns = [path("", Hello.as_view())]
if given.server == "uwsgi":
    serve_uwsgi(workers=given.workers)
else:
    serve_wsgi(application, threads=given.threads, workers=given.workers)
