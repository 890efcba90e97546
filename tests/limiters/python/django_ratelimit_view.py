"""django-ratelimit on a one-file Django project: refuses with 403 and no header.

    python django_ratelimit_view.py RATE        (`8/5s`, `10/m`)

Its windows are aligned to the clock, each key with a phase of its own.
"""

import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only for tests",
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    SILENCED_SYSTEM_CHECKS=["django_ratelimit.E003", "django_ratelimit.W001"],
)
application = get_wsgi_application()

from django_ratelimit.decorators import ratelimit  # noqa: E402
from loopback import serve_wsgi  # noqa: E402


@ratelimit(key="ip", rate=sys.argv[1], block=True)
def hello(request):
    return HttpResponse("hello")


urlpatterns = [path("", hello)]
serve_wsgi(application)
