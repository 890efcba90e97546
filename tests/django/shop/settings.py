"""Settings of the reference project: stock Django REST framework, small and quick.

`APICTL_TEST_SETTINGS` holds a JSON object that overrides them: any setting by name; `REST_FRAMEWORK`,
`SIMPLE_JWT` and `THROTTLES` are merged key by key (lifetimes and `LEEWAY` are seconds).
`SPARING` adds compression and entity tags, `TOOLBAR` the Debug Toolbar, whose Server-Timing counts queries;
`OUTER_MIDDLEWARE` goes around the project's own, the last outermost. `NEIGHBOURS` adds other packages that hand out
tokens and their paths, see `neighbours.py`; `ENVELOPES` the paths of `envelopes.py`; `DOCUMENTED` an OpenAPI document,
see `documented.py`; `TECHNIQUES` Django's performance checklist under the debug toolbar, see `techniques.py`.
`APICTL_TEST_DB` is the SQLite file.
"""

import datetime
import json
import os
from pathlib import Path

import django

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "a-documented-signing-key-of-the-test-project-not-a-secret"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "rest_framework",
    "rest_framework.authtoken",
    "rest_framework_simplejwt.token_blacklist",
    "shop",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("APICTL_TEST_DB", BASE_DIR / "db.sqlite3"),
        "OPTIONS": {"timeout": 20},
    }
}
if django.VERSION >= (5, 1):
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA synchronous=OFF"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Logins in tests measure the API, not PBKDF2.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework_simplejwt.authentication.JWTAuthentication",
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.BasicAuthentication",
    ],
    "DEFAULT_PAGINATION_CLASS": "shop.pagination.PageNumber",
    "PAGE_SIZE": 20,
}

THROTTLES = {
    "anon": "100/day",
    "user": "1000/day",
    "throttled_anon": "10/min",
    "throttled_user": "20/min",
    "uploads": "5/min",
    "burst": "3/s",
    "sustained": "10/min",
    "twice_minute": "6/min",
    "twice_second": "3/s",
    "logins": "5/min",
}

# Without the admin there is no page that says goodbye.
LOGOUT_REDIRECT_URL = "/api-auth/login/"

SIMPLE_JWT = {}

MAX_PAGE_SIZE = 1000

overrides = json.loads(os.environ.get("APICTL_TEST_SETTINGS") or "{}")
if overrides.pop("NEIGHBOURS", False):
    INSTALLED_APPS += ["djoser", "dj_rest_auth", "knox", "oauth2_provider", "ninja_extra", "ninja_jwt"]
    ROOT_URLCONF = "shop.neighbours"
if overrides.pop("ENVELOPES", False):
    INSTALLED_APPS += ["rest_framework_json_api", "ninja"]
    ROOT_URLCONF = "shop.envelopes"
    NINJA_PAGINATION_PER_PAGE = REST_FRAMEWORK["PAGE_SIZE"]
    NINJA_PAGINATION_MAX_LIMIT = MAX_PAGE_SIZE
if overrides.pop("DOCUMENTED", False):
    INSTALLED_APPS += ["drf_spectacular"]
    REST_FRAMEWORK["DEFAULT_SCHEMA_CLASS"] = "drf_spectacular.openapi.AutoSchema"
    ROOT_URLCONF = "shop.documented"
if overrides.pop("TECHNIQUES", False):
    overrides["TOOLBAR"] = True
    ROOT_URLCONF = "shop.techniques"
if overrides.pop("SPARING", False):
    MIDDLEWARE[:0] = ["django.middleware.gzip.GZipMiddleware", "django.middleware.http.ConditionalGetMiddleware"]
if overrides.pop("TOOLBAR", False):
    # Server-Timing tells how many queries a reply took.
    DEBUG = True
    INTERNAL_IPS = ["127.0.0.1"]
    INSTALLED_APPS += ["django.contrib.staticfiles", "debug_toolbar"]
    STATIC_URL = "static/"
    MIDDLEWARE.insert(0, "debug_toolbar.middleware.DebugToolbarMiddleware")
for name in overrides.pop("OUTER_MIDDLEWARE", []):
    MIDDLEWARE.insert(0, name)
for name, value in overrides.items():
    if isinstance(value, dict) and name in ("REST_FRAMEWORK", "SIMPLE_JWT", "THROTTLES"):
        globals()[name].update(value)
    else:
        globals()[name] = value

for name in (
    "ACCESS_TOKEN_LIFETIME",
    "REFRESH_TOKEN_LIFETIME",
    "SLIDING_TOKEN_LIFETIME",
    "SLIDING_TOKEN_REFRESH_LIFETIME",
):
    if name in SIMPLE_JWT:
        SIMPLE_JWT[name] = datetime.timedelta(seconds=SIMPLE_JWT[name])
for name in ("AUTH_HEADER_TYPES", "AUTH_TOKEN_CLASSES"):
    if name in SIMPLE_JWT:
        SIMPLE_JWT[name] = tuple(SIMPLE_JWT[name])

REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = THROTTLES
