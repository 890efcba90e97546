"""The WSGI application; with `APICTL_TEST_CLOCK=1` each request may bring its own time."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

if os.environ.get("APICTL_TEST_CLOCK") == "1":
    from shop.clock import with_clock

    application = with_clock(application)
