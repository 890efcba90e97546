"""One limiter of a Python library that the test suite has none of.

    python more.py KIND FIGURE…        (the functions below, by name)

Figures are a limit and a window in seconds unless a function says otherwise.
"""

import atexit
import datetime
import getpass
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from loopback import private_redis, serve, serve_asgi, serve_wsgi

HELLO, SLOW_DOWN = (200, {}, b"hello"), (429, {}, b"slow down")


def plain(admitted):
    """Serves a function that says whether a request is let in, one call at a time."""
    lock = threading.Lock()

    def answer(_):
        with lock:
            return HELLO if admitted() else SLOW_DOWN

    serve(answer)


def admits(function, refusal):
    """Whether a function ends without that exception."""

    def admitted():
        try:
            function()
        except refusal:
            return False
        return True

    return admitted


def django(view, workers=1, threads=8):
    """Serves one view of a one-file project: `view()` is called when Django is ready, and gives urlpatterns."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="only for benchmarks",
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
        SILENCED_SYSTEM_CHECKS=["django_ratelimit.E003", "django_ratelimit.W001"],
        RATELIMIT_BACKEND="memory",
    )
    application = get_wsgi_application()
    globals()["urlpatterns"] = view()
    serve_wsgi(application, workers=workers, threads=threads)


def unlimited():
    serve(lambda _: HELLO)


def django_ratelimit(rates, workers="1", threads="8"):
    """RATE[+RATE…] [WORKERS [THREADS]]: decorators on one another, each with a count of its own."""

    def view():
        from django.http import HttpResponse
        from django.urls import path
        from django_ratelimit.decorators import ratelimit

        def hello(request):
            return HttpResponse("hello")

        for rate in rates.split("+"):
            hello = ratelimit(key="ip", rate=rate, block=True)(hello)
        return [path("", hello)]

    django(view, int(workers), int(threads))


def smart_ratelimit(algorithm, rate):
    """ALGORITHM RATE"""

    def view():
        from django.http import HttpResponse
        from django.urls import path
        from django_smart_ratelimit import rate_limit

        return [path("", rate_limit(key="ip", rate=rate, algorithm=algorithm)(lambda _: HttpResponse("hello")))]

    django(view)


def ninja(rate):
    """RATE"""

    def view():
        from django.urls import path
        from ninja import NinjaAPI
        from ninja.throttling import AnonRateThrottle

        api = NinjaAPI(throttle=[AnonRateThrottle(rate)], docs_url=None, openapi_url=None)
        api.get("")(lambda request: "hello")
        return [path("", api.urls)]

    django(view)


def fastapi_limiter(limit, seconds):
    from fastapi import Depends, FastAPI
    from fastapi_limiter.depends import RateLimiter
    from pyrate_limiter import Duration, Limiter, Rate

    limiter = Limiter(Rate(int(limit), Duration.SECOND * int(seconds)))
    application = FastAPI()
    application.get("/", dependencies=[Depends(RateLimiter(limiter=limiter))])(lambda: "hello")
    serve_asgi(application)


def quart(limit, seconds):
    from quart import Quart
    from quart_rate_limiter import RateLimiter, rate_limit

    application = Quart("quart")
    RateLimiter(application)

    @application.get("/")
    @rate_limit(int(limit), datetime.timedelta(seconds=float(seconds)))
    async def hello():
        return "hello"

    serve_asgi(application)


def litestar(limit, unit):
    """LIMIT UNIT"""
    from litestar import Litestar, get
    from litestar.middleware.rate_limit import RateLimitConfig

    @get("/")
    async def hello() -> str:
        return "hello"

    serve_asgi(Litestar([hello], middleware=[RateLimitConfig(rate_limit=(unit, int(limit))).middleware]))


def ratelimit(limit, seconds):
    from ratelimit import RateLimitException, limits

    # Its first window begins with the decorator, so that is made for the first request.
    made = []

    def once():
        if not made:
            made.append(limits(calls=int(limit), period=float(seconds))(lambda: None))
        made[0]()

    plain(admits(once, RateLimitException))


def rush(kind, limit, seconds):
    """periodic|gcra LIMIT SECONDS"""
    from rush import quota, throttle
    from rush.limiters import gcra, periodic
    from rush.stores import dictionary

    limiter = {"periodic": periodic.PeriodicLimiter, "gcra": gcra.GenericCellRatelimiter}[kind]
    rate = quota.Quota(datetime.timedelta(seconds=int(seconds)), int(limit))
    rush = throttle.Throttle(limiter=limiter(store=dictionary.DictionaryStore()), rate=rate)
    plain(lambda: not rush.check("everybody", 1).limited)


def token_bucket(capacity, rate):
    """CAPACITY RATE_PER_SECOND"""
    import token_bucket

    limiter = token_bucket.Limiter(float(rate), int(capacity), token_bucket.MemoryStorage())
    plain(lambda: limiter.consume("everybody"))


def call_gate(limit, seconds, step):
    """LIMIT SECONDS FRAME_SECONDS"""
    from call_gate import CallGate, FrameLimitError, GateLimitError

    gate = CallGate("everybody", int(seconds), int(step), gate_limit=int(limit))
    plain(admits(lambda: gate.update(throw=True), (FrameLimitError, GateLimitError)))


def limits(strategy, limit, seconds):
    """STRATEGY LIMIT SECONDS: several processes that share a Redis."""
    import redis

    client = redis.Redis(unix_socket_path=private_redis())
    script = client.register_script(SCRIPTS[strategy])
    plain(lambda: script(keys=["everybody"], args=[int(limit), int(float(seconds) * 1000)]) == 1)


# What people write by hand; times are milliseconds.
SCRIPTS = {
    # A count that expires with its window.
    "incr": """local n = redis.call('INCR', KEYS[1])
        if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        return n <= tonumber(ARGV[1]) and 1 or 0""",
    # The same with the expiry set anew by every request: it never ends for one who goes on asking.
    "incr-always": """local n = redis.call('INCR', KEYS[1]); redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return n <= tonumber(ARGV[1]) and 1 or 0""",
    # A count for each period of the clock.
    "clock": """local t = redis.call('TIME'); local now = t[1] * 1000 + math.floor(t[2] / 1000)
        local key = KEYS[1] .. math.floor(now / ARGV[2]); local n = redis.call('INCR', key)
        redis.call('PEXPIRE', key, ARGV[2]); return n <= tonumber(ARGV[1]) and 1 or 0""",
    # A sorted set of the requests let in.
    "zset": """local t = redis.call('TIME'); local now = t[1] * 1000000 + t[2]
        redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, now - ARGV[2] * 1000)
        if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
        redis.call('ZADD', KEYS[1], now, now); redis.call('PEXPIRE', KEYS[1], ARGV[2]); return 1""",
    # A sorted set of all requests: refused ones count.
    "zset-all": """local t = redis.call('TIME'); local now = t[1] * 1000000 + t[2]
        redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, now - ARGV[2] * 1000)
        redis.call('ZADD', KEYS[1], now, now); redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return redis.call('ZCARD', KEYS[1]) <= tonumber(ARGV[1]) and 1 or 0""",
    # GCRA, as redis-cell does it: LIMIT at once, one more every WINDOW / LIMIT.
    "gcra": """local t = redis.call('TIME'); local now = t[1] * 1000 + t[2] / 1000
        local each = ARGV[2] / ARGV[1]; local tat = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
        if tat - now > ARGV[2] - each + 0.001 then return 0 end
        redis.call('SET', KEYS[1], string.format('%.3f', tat + each), 'PX', math.ceil(tat + each - now)); return 1""",
}


def memcached(limit, seconds):
    """`add` and `incr` with an expiry."""
    from pymemcache.client.base import Client

    folder = tempfile.mkdtemp(prefix="apictl-memcached-")
    path = f"{folder}/socket"
    process = subprocess.Popen(["memcached", "-s", path, "-u", getpass.getuser()], stdin=subprocess.DEVNULL)
    atexit.register(lambda: (process.terminate(), process.wait(), shutil.rmtree(folder)))
    for _ in range(500):
        if os.path.exists(path):
            break
        time.sleep(0.01)
    client = Client(path)

    def admitted():
        client.add("everybody", "0", expire=int(seconds), noreply=False)
        return (client.incr("everybody", 1) or 1) <= int(limit)

    plain(admitted)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
