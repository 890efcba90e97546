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

from loopback import announce, listener, private_redis, serve, serve_asgi, serve_wsgi

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


def django(view, workers=1, threads=8, **more):
    """Serves one view of a one-file project: `view()` is called when Django is ready, and gives urlpatterns."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    usual = dict(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="only for benchmarks",
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
        SILENCED_SYSTEM_CHECKS=["django_ratelimit.E003", "django_ratelimit.W001"],
        RATELIMIT_BACKEND="memory",
    )
    settings.configure(**usual | more)
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


def fast_ratelimit(rate):
    """RATE"""

    def view():
        from django.http import HttpResponse
        from django.urls import path
        from django_fast_ratelimit import decorate

        return [path("", decorate(key="ip", rate=rate, block=True)(lambda request: HttpResponse("hello")))]

    django(view)


def throttle_requests(algorithm, limit, seconds):
    """fixed-bucket|gcra LIMIT SECONDS"""

    def view():
        from django.http import HttpResponse
        from django.urls import path
        from throttle.decorators import throttle
        from throttle.exceptions import RateLimitExceeded

        limited = throttle(zone="all")(lambda request: HttpResponse("hello"))

        # Its own middleware does not load.
        def hello(request):
            try:
                return limited(request)
            except RateLimitExceeded:
                return HttpResponse("slow down", status=429)

        return [path("", hello)]

    zone = {
        "VARY": "throttle.zones.RemoteIP", "ALGORITHM": algorithm,
        "BUCKET_INTERVAL": int(seconds), "BUCKET_CAPACITY": int(limit),
    }
    # It reads and writes the cache in two steps: one thread.
    django(
        view, threads=1, THROTTLE_ENABLED=True, THROTTLE_ZONES={"all": zone},
        THROTTLE_BACKEND="throttle.backends.cache.CacheBackend",
    )


def axes(limit, seconds, renewing="yes"):
    """FAILURES COOL_OFF_SECONDS [no]: a login form where every password is wrong; `no` for a cool-off that knocks leave as it is."""
    folder = tempfile.mkdtemp(prefix="apictl-axes-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

    def view():
        from django.contrib.auth import authenticate
        from django.core.management import call_command
        from django.db import connections
        from django.http import HttpResponse
        from django.urls import path

        call_command("migrate", verbosity=0)
        connections.close_all()

        def login(request):
            authenticate(request, username="somebody", password="wrong")
            return HttpResponse("wrong password")

        return [path("", login)]

    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    django(
        view,
        USE_TZ=True,
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "axes"],
        AUTHENTICATION_BACKENDS=["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"],
        MIDDLEWARE=["axes.middleware.AxesMiddleware"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DATABASES={"default": {
            "ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/db",
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": pragmas},
        }},
        AXES_VERBOSE=False,
        AXES_FAILURE_LIMIT=int(limit),
        AXES_COOLOFF_TIME=datetime.timedelta(seconds=int(seconds)),
        AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT=renewing == "yes",
    )


def aiolimiter(limit, seconds):
    from aiohttp import web
    from aiolimiter import AsyncLimiter

    limiter = AsyncLimiter(float(limit), float(seconds))

    async def hello(_):
        if not limiter.has_capacity():
            return web.Response(status=429, text="slow down")
        async with limiter:
            return web.Response(text="hello")

    application, sock = web.Application(), listener()
    application.router.add_get("/", hello)
    announce(sock)
    web.run_app(application, sock=sock, print=None, access_log=None)


def falcon(limit, seconds):
    import falcon
    from falcon_limiter import Limiter

    limiter = Limiter(default_limits=f"{limit} per {seconds} second")

    class Hello:
        @limiter.limit()
        def on_get(self, request, response):
            response.text = "hello"

    application = falcon.App(middleware=limiter.middleware)
    application.add_route("/", Hello())
    serve_wsgi(application)


def flask_copies(limit, seconds, workers, threads):
    """LIMIT SECONDS WORKERS THREADS: Flask-Limiter that counts in the memory of each worker."""
    from flask import Flask
    from flask_limiter import Limiter

    application = Flask(__name__)
    limiter = Limiter(lambda: "everybody", app=application, storage_uri="memory://")
    application.route("/")(limiter.limit(f"{limit}/{seconds} second")(lambda: "hello"))
    serve_wsgi(application, workers=int(workers), threads=int(threads))


def walrus(limit, seconds):
    from walrus import Database

    limiter = Database(unix_socket_path=private_redis()).rate_limit("all", limit=int(limit), per=int(seconds))
    plain(lambda: not limiter.limit("everybody"))


def redis_rate_limit(limit, seconds):
    """python-redis-rate-limit"""
    import redis
    from redis_rate_limit import RateLimit, TooManyRequests

    pool = redis.ConnectionPool(connection_class=redis.UnixDomainSocketConnection, path=private_redis())
    limiter = RateLimit("all", "everybody", max_requests=int(limit), expire=int(seconds), redis_pool=pool)
    plain(admits(limiter.increment_usage, TooManyRequests))


def limitlion(rate, times, seconds):
    """RATE_PER_SECOND BURST_FACTOR WINDOW_SECONDS"""
    import redis
    from limitlion import throttle_configure
    from limitlion import throttle

    throttle_configure(redis.Redis(unix_socket_path=private_redis()))
    plain(lambda: throttle("all", int(rate), int(times), int(seconds))[0])


def sqlite(kind, limit, seconds="60"):
    """rows LIMIT SECONDS, a row for each request let in | minute LIMIT, a count for each minute of the clock"""
    import sqlite3

    database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    database.execute("CREATE TABLE requests (client TEXT, at REAL)")
    database.execute("CREATE INDEX recent ON requests (client, at)")
    database.execute("CREATE TABLE counts (client TEXT, minute TEXT, count INTEGER, PRIMARY KEY (client, minute))")

    def rows():
        now = time.time()
        query = "SELECT COUNT(*) FROM requests WHERE client = 'everybody' AND at > ?"
        if database.execute(query, [now - float(seconds)]).fetchone()[0] >= int(limit):
            return False
        database.execute("INSERT INTO requests VALUES ('everybody', ?)", [now])
        return True

    def minute():
        text = """INSERT INTO counts VALUES ('everybody', strftime('%Y-%m-%dT%H:%M', 'now'), 1)
            ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count"""
        return database.execute(text).fetchall()[0][0] <= int(limit)

    plain({"rows": rows, "minute": minute}[kind])


def stripe_bucket(capacity, rate):
    """CAPACITY RATE_PER_SECOND: the script that Stripe published, with the caller's clock in whole seconds as there."""
    import redis

    client = redis.Redis(unix_socket_path=private_redis())
    script = client.register_script("""local rate = tonumber(ARGV[1]); local capacity = tonumber(ARGV[2])
        local now = tonumber(ARGV[3]); local requested = tonumber(ARGV[4])
        local ttl = math.floor(capacity / rate * 2)
        local last_tokens = tonumber(redis.call('get', KEYS[1])); if last_tokens == nil then last_tokens = capacity end
        local last_refreshed = tonumber(redis.call('get', KEYS[2])); if last_refreshed == nil then last_refreshed = 0 end
        local delta = math.max(0, now - last_refreshed)
        local filled = math.min(capacity, last_tokens + (delta * rate))
        local allowed = filled >= requested; local new = filled
        if allowed then new = filled - requested end
        redis.call('setex', KEYS[1], ttl, new); redis.call('setex', KEYS[2], ttl, now)
        return { allowed, new }""")
    keys = ["everybody.tokens", "everybody.timestamp"]
    plain(lambda: script(keys=keys, args=[rate, capacity, int(time.time()), 1])[0] == 1)


def stripe_in_flight(limit, work):
    """LIMIT WORK_SECONDS: requests in flight as members of a sorted set, as Stripe published it."""
    import uuid

    import redis

    client = redis.Redis(unix_socket_path=private_redis())
    script = client.register_script("""local capacity = tonumber(ARGV[1]); local now = tonumber(ARGV[2])
        local count = redis.call('zcard', KEYS[1]); local allowed = count < capacity
        if allowed then redis.call('zadd', KEYS[1], now, ARGV[3]) end
        return { allowed, count }""")

    def answer(_):
        mine = str(uuid.uuid4())
        client.zremrangebyscore("in flight", "-inf", time.time() - 60)
        if not script(keys=["in flight"], args=[limit, time.time(), mine])[0]:
            return SLOW_DOWN
        try:
            time.sleep(float(work))
            return HELLO
        finally:
            client.zrem("in flight", mine)

    serve(answer)


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
