"""A clock that the request sets: `X-Test-Clock: 1767225600.25` is the time while it is answered.

It moves what the replies depend on: the throttles, the local-memory cache, Django's own clock, and the
times that simplejwt writes and that PyJWT checks.
"""

import datetime
import threading
import time

import django.contrib.sessions.middleware
import django.core.cache.backends.base
import django.core.cache.backends.locmem
import django.http.response
import django.utils.cache
import django.utils.timezone
import jwt.api_jwt
import rest_framework_simplejwt.utils
from rest_framework.throttling import SimpleRateThrottle

local = threading.local()


def now():
    given = getattr(local, "now", None)
    return time.time() if given is None else given


class Time:
    """Stands in for the module `time` where only `time()` is used."""

    time = staticmethod(now)


class Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(now(), tz)

    @classmethod
    def utcnow(cls):
        """What simplejwt before 5.4 asks for."""
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)


SimpleRateThrottle.timer = staticmethod(now)
django.core.cache.backends.base.time = Time
django.core.cache.backends.locmem.time = Time
django.contrib.sessions.middleware.time = Time
django.http.response.time = Time
django.utils.cache.time = Time
rest_framework_simplejwt.utils.datetime = Datetime
jwt.api_jwt.datetime = Datetime
django.utils.timezone.datetime = Datetime


def with_clock(application):
    def timed(environ, start_response):
        given = environ.pop("HTTP_X_TEST_CLOCK", None)
        local.now = None if given is None else float(given)
        return application(environ, start_response)

    return timed
