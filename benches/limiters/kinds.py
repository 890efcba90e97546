"""The limiters, their parameters by chance, and what each is known to do.

A truth is a list of limits in the words of `throttle probe --format json`; none is no limit at all. It follows the
library's documentation and code, never what the probe says. Where a library does something other than its settings say,
what it does is the truth, and a comment says why. A list in place of a limit holds what it is by turns.
"""

import math
import random


def window(algorithm, limit, window_s, copies=1):
    return {"algorithm": algorithm, "limit": limit, "window_s": float(window_s), "enforcers": copies}


def log(limit, window_s, copies=1):
    return window("sliding_log", limit, window_s, copies)


def first(limit, window_s, copies=1):
    return window("fixed_window_first_request", limit, window_s, copies)


def aligned(limit, window_s, copies=1):
    return window("fixed_window_aligned", limit, window_s, copies)


def counter(limit, window_s):
    return window("sliding_window_counter", limit, window_s)


def ban(limit, length_s):
    return window("ban", limit, length_s)


def bucket(burst, rate_per_s):
    return {"algorithm": "token_bucket", "burst": burst, "rate_per_s": rate_per_s}


def queue(places, rate_per_s):
    return {"algorithm": "leaky_queue", "burst": places, "rate_per_s": rate_per_s}


def in_flight(limit):
    return {"algorithm": "concurrency", "max_in_flight": limit}


class Dice(random.Random):
    """Parameters: seven in ten as people configure them, the rest odd."""

    def usual(self):
        return self.random() < 0.7

    def window(self, least=1, most=60):
        """A limit and whole seconds."""
        if self.usual():
            seconds = self.choice([s for s in (1, 5, 10, 15, 30, 60) if least <= s <= most])
            return self.choice([3, 5, 10, 20, 30, 50, 60, 100]), seconds
        return self.randint(2, 120), self.randint(max(2, least), min(50, most))

    def minute(self):
        """A limit as DRF writes it, a minute or a second long."""
        if self.random() < 0.75:
            return self.choice([5, 10, 20, 30, 60, 100]), "min", 60
        return self.choice([2, 3, 5, 10]), "s", 1

    def two(self):
        """A burst limit and a sustained one that is wider and that can be met: (limit, seconds) each."""
        if self.usual():
            return self.choice([((3, 1), (10, 10)), ((5, 1), (20, 15)), ((10, 1), (30, 10)), ((5, 5), (20, 60)),
                                ((10, 5), (30, 30)), ((5, 1), (20, 60)), ((10, 10), (30, 60)), ((20, 1), (100, 60))])
        limit, seconds = self.randint(2, 20), self.randint(2, 9)
        times = self.randint(3, 5)
        return (limit, seconds), (limit * self.randint(2, times - 1), seconds * times)

    def bucket(self):
        """A capacity and a rate a second."""
        if self.usual():
            return self.choice([3, 5, 6, 10, 11, 20, 21]), self.choice([0.5, 1, 2, 5, 10])
        return self.randint(2, 60), self.choice([0.3, 0.7, 1.3, 1.5, 2.5, 3, 4, 7, 12, 17])

    def zone(self):
        """A rate as nginx writes it, a burst, and the rate a second."""
        if self.usual():
            rate, per_s = self.choice([("1r/s", 1), ("2r/s", 2), ("5r/s", 5), ("10r/s", 10), ("30r/m", 0.5)])
            return rate, self.choice([5, 10, 20]), per_s
        rate = self.choice([3, 4, 7, 13, 19])
        return f"{rate}r/s", self.randint(1, 47), rate

    def copies(self):
        """A limit and a window that can be counted in each of two to four copies."""
        limit, seconds = self.window(least=10)
        return min(limit, 30), max(seconds, 10), self.randint(2, 4)


def drf(d, kind, extra="", truth=log):
    n, w = d.window()
    return f"drf_throttles.py {kind} {n}/{w}s {extra}", [truth(n, w)]


def drf_own(d):
    n, unit, w = d.minute()
    return f"drf_throttles.py {d.choice(['anon', 'user', 'scoped'])} {n}/{unit}", [log(n, w)]


def drf_copies(d, threads):
    n, w, m = d.copies()
    return f"drf_throttles.py anon {n}/{w}s --workers {m} --threads {threads}", [log(n, w, m)]


def drf_copies_behind_nginx(d):
    n, w, m = d.copies()
    script = f"drf_throttles.py anon {n}/{w}s --workers {m} --threads {d.choice([1, 4])}"
    return f"nginx.py before {script}", [log(n, w, m)]


def django_ratelimit(d):
    n, w = d.window()
    return f"django_ratelimit_view.py {n}/{w}s", [aligned(n, w)]


def django_ratelimit_copies(d):
    n, w, m = d.copies()
    return f"more.py django_ratelimit {n}/{w}s {m} {d.choice([1, 8])}", [aligned(n, w, m)]


def windowed(line, truth, least=1, most=60):
    """`{n}` and `{w}` are a limit and seconds, `{ms}` milliseconds."""

    def draw(d):
        n, w = d.window(least, most)
        return line.format(n=n, w=w, ms=w * 1000), [truth(n, w)]

    return draw


def bucketed(line, fit=lambda burst, rate: (burst, rate)):
    """`{n}` and `{r}` are a capacity and a rate, `{ms}` the time for one token in milliseconds."""

    def draw(d):
        n, r = fit(*d.bucket())
        return line.format(n=n, r=r, ms=round(1000 / r)), [bucket(n, 1000 / round(1000 / r) if "{ms}" in line else r)]

    return draw


def headed(line, truth, headers, **bounds):
    """One of several ways to name the limit in header fields."""
    return lambda d: windowed(f"{line} {d.choice(headers)}", truth, **bounds)(d)


def two(line, truth):
    """`{a}` in `{v}` seconds, and the wider `{b}` in `{w}` seconds."""

    def draw(d):
        (a, v), (b, w) = d.two()
        return line.format(a=a, v=v, b=b, w=w), [truth(a, v), truth(b, w)]

    return draw


def express_cluster(d):
    n, w, m = d.copies()
    return f"more.mjs cluster {n} {w} {m}", [first(n, w, m)]


def banned(line, least=1):
    """`{n}` and `{w}` of the window that sets it off, `{b}` the length of the ban."""

    def draw(d):
        n, w = d.choice([3, 5, 10, 20]) if d.usual() else d.randint(2, 40), d.choice([1, 2, 5])
        b = max(least, d.choice([5, 10, 15, 30]) if d.usual() else d.randint(3, 29))
        return line.format(n=n, w=w, b=b), [ban(n, b)]

    return draw


def nginx(d):
    rate, burst, per_s = d.zone()
    # What the zone calls burst comes on top of the request that is due.
    return f"nginx.py req {rate} {burst} nodelay", [bucket(burst + 1, per_s)]


def nginx_queue(d):
    rate, burst, per_s = d.zone()
    return f"nginx.py req {rate} {burst}", [queue(burst, per_s)]


def nginx_two(d):
    a, b = d.choice([("10r/s:5", "1r/s:20"), ("5r/s:3", "1r/s:15"), ("5r/s:5", "30r/m:20"), ("10r/s:10", "2r/s:30")])
    truth = []
    for zone in (a, b):
        rate, burst = zone.split(":")
        amount, unit = rate.split("r/")
        truth.append(bucket(int(burst) + 1, int(amount) / (60 if unit == "m" else 1)))
    return f"proxies.py nginx {a} {b}", truth


def flights(line):
    def draw(d):
        n = d.choice([1, 2, 3, 5, 10]) if d.usual() else d.randint(2, 17)
        return line.format(n=n, s=d.choice([0.05, 0.1, 0.2])), [in_flight(n)]

    return draw


def queued(d):
    places, rate = d.choice([3, 5, 10, 20]), d.choice([2, 5, 10, 20])
    return f"leaky_queue.py {rate} {places}", [queue(places, rate)]


def throttled(kind, truth):
    def draw(d):
        n, w = d.window()
        return f"throttled_rates.py {kind} {n} {w} {n}", [truth(n, w)]

    return draw


def throttled_bucket(kind):
    # Whole seconds, rounded down at each admission: exact where a second brings whole tokens, and fewer than it holds.
    def draw(d):
        burst, rate = d.choice([6, 10, 20, 37]), d.choice([1, 2, 3])
        return f"throttled_rates.py {kind} {rate} 1 {burst}", [bucket(burst, rate)]

    return draw


def quart(d):
    n, w = d.window()
    return f"more.py quart {n} {w}", [bucket(n, n / w)]


def rush_gcra(d):
    n, w = d.window(least=5)
    # It asks for a whole request's worth after the one in hand, rounded to the nearest: one less than the limit at once.
    return f"more.py rush gcra {max(n, 3)} {w}", [bucket(max(n, 3) - 1, max(n, 3) / w)]


def call_gate(d):
    # Frames on the clock that fall out one by one.
    (n, _), frames, step = d.window(), d.choice([2, 3, 5, 6, 10]), d.choice([1, 2, 3, 5])
    return f"more.py call_gate {n} {frames * step} {step}", [counter(n, frames * step)]


def redis_gcra(d):
    n, w = d.window()
    return f"more.py limits gcra {n} {w}", [bucket(n, n / w)]


def litestar(d):
    n, _, _ = d.minute()
    return f"more.py litestar {n} minute", [first(n, 60)]


def symfony_bucket(d):
    burst, amount, seconds = d.choice([5, 10, 20, 33]), d.choice([1, 2]), d.choice([1, 2, 5])
    return f"proxies.py php token_bucket {burst} {seconds} {amount}", [bucket(burst, amount / seconds)]


def leaky(d):
    burst, refill, interval = d.choice([11, 20, 31]), d.choice([1, 2, 5]), d.choice([200, 500, 1000, 2000])
    return f"rust leaky {burst} {refill} {interval}", [bucket(burst, refill * 1000 / interval)]


def evasive(d):
    n, b = d.choice([3, 5, 10, 20]), d.choice([10, 15, 20, 30])
    # The first request of a page ever makes its entry with a count of nought, and the count is looked at before it grows:
    # one more than later.
    return f"proxies.py apache evasive {n} 1 {b}", [ban([n, n + 1], b)]


def qos_events(d):
    n, w = d.window(least=10)
    # The event that reaches the limit is refused, and a window ends when a whole second more than its length has begun.
    return f"proxies.py apache qos_events {n} {w}", [first(n - 1, w + 0.5)]


def smart_bucket(d):
    n, w = d.window()
    return f"more.py smart_ratelimit token_bucket {n}/{w}s", [bucket(n, n / w)]


def flask_copies(d):
    n, w, m = d.copies()
    return f"more.py flask_copies {n} {w} {m} {d.choice([1, 8])}", [first(n, w, m)]


def limitlion(d):
    # A window's worth of tokens when a window of whole seconds ends; more than it brings fit.
    rate, times, seconds = d.choice([1, 2, 3, 5]), d.choice([2, 3, 4, 5]), d.choice([1, 2, 5])
    return f"more.py limitlion {rate} {times} {seconds}", [bucket(rate * times * seconds, rate)]


def axes(d, renewing):
    n, w = d.choice([3, 5, 10]) if d.usual() else d.randint(3, 25), d.choice([5, 10, 15]) if d.usual() else d.randint(3, 20)
    # The failure that reaches the limit gets the answer of the lock-out.
    return f"more.py axes {n} {w} {renewing}", [ban(n - 1, w)]


def throttle_requests_gcra(d):
    n, w = d.window()
    return f"more.py throttle_requests gcra {n} {w}", [bucket(n, n / w)]


def sqlite_minute(d):
    n, _ = d.window()
    return f"more.py sqlite minute {n}", [aligned(n, 60)]


def stripe_bucket(d):
    # Whole seconds of the caller's clock; what fits is more than a second brings.
    burst, rate = d.choice([10, 20, 25, 37]), d.choice([0.5, 1, 2, 3, 5])
    return f"more.py stripe_bucket {burst} {rate}", [bucket(burst, rate)]


def upstash_bucket(d):
    burst, tokens, seconds = d.choice([5, 10, 20, 33]), d.choice([1, 2, 3]), d.choice([1, 2, 5])
    return f"more.mjs upstash-bucket {burst} {seconds} {tokens}", [bucket(burst, tokens / seconds)]


def express_throttle(d):
    burst = d.choice([3, 5, 10, 20]) if d.usual() else d.randint(2, 60)
    tokens, seconds = d.choice([1, 2, 5, 10]), d.choice([1, 1, 2, 3])
    return f"more.mjs express-throttle {burst} {tokens}/{seconds}s", [bucket(burst, tokens / seconds)]


def laravel(d):
    n, w = d.window(least=15)
    # Files name the whole second they expire in, by a clock of whole seconds: up to a second less.
    return f"proxies.py laravel {n} {w}", [first(n, w - 0.5)]


def cgi_application(d):
    n, w = d.window(least=15)
    # All are hits, refused ones too, at whole seconds of a clock: each counts for up to a second less.
    return f"proxies.py perl {n} {w}", [log(n, w - 0.5)]


def apcu(d):
    n, w = d.window(least=10)
    # It expires once a whole second more than its length has begun.
    return f"proxies.py apcu {n} {w}", [first(n, w + 0.5)]


def kong(d):
    a, times = d.choice([2, 3, 5, 10]), d.choice([3, 4, 6])
    return f"proxies.py lua kong {a} {a * times}", [aligned(a, 1), aligned(a * times, 60)]


def lua_queue(d):
    places, rate = d.choice([3, 5, 10, 20]), d.choice([2, 5, 10, 20])
    return f"proxies.py lua queue {places} {rate}", [queue(places, rate)]


def guava(d):
    rate = d.choice([2, 5, 10, 20]) if d.usual() else d.randint(2, 30)
    # A second's worth is kept, and a request may take what is not there yet and let the next one wait for it.
    return f"java guava {rate}", [bucket(rate + 1, rate)]


def jetty(d):
    n = d.choice([5, 10, 25, 50]) if d.usual() else d.randint(3, 60)
    return f"java jetty {n}", [log(n, 1)]


def tomcat(d):
    n, w = d.window(least=5)
    # Windows are a power of two of milliseconds, and the limit grows with them.
    length = 1
    while length < w * 1000:
        length *= 2
    ratio = math.floor(length / w + 0.5) / 1000
    return f"java tomcat {n} {w}", [aligned(math.floor(ratio * n + 0.5), length / 1000)]


def unlimited(_):
    return "more.py unlimited", []


#: Kind, how many of it, and a function of the dice that gives a command line and a truth.
KINDS = [
    ("drf anon", 3, lambda d: drf(d, "anon")),
    ("drf scoped", 1, lambda d: drf(d, "scoped")),
    ("drf own rates", 3, drf_own),
    ("drf redis, 2 workers", 2, lambda d: drf(d, "user", "--cache redis --workers 2")),
    ("drf copies, threads", 2, lambda d: drf_copies(d, 8)),
    ("drf copies, sync", 2, lambda d: drf_copies(d, 1)),
    ("drf copies behind nginx", 4, drf_copies_behind_nginx),
    ("drf two throttles", 3, two("drf_throttles.py user {a}/{v}s+{b}/{w}s", log)),
    ("django-ratelimit", 4, django_ratelimit),
    ("django-ratelimit, two decorators", 2, two("more.py django_ratelimit {b}/{w}s+{a}/{v}s", aligned)),
    ("django-ratelimit copies", 1, django_ratelimit_copies),
    ("django-smart-ratelimit log", 1, windowed("more.py smart_ratelimit sliding_window {n}/{w}s", log)),
    ("django-smart-ratelimit bucket", 1, smart_bucket),
    ("django-ninja", 2, windowed("more.py ninja {n}/{w}s", log)),
    ("flask-limiter fixed", 3, headed("flask_limits.py fixed-window {n}/{w}second", first, ["", "--headers"])),
    ("flask-limiter moving", 3, headed("flask_limits.py moving-window {n}/{w}second", log, ["", "--headers"])),
    ("flask-limiter counter", 2, windowed("flask_limits.py sliding-window-counter {n}/{w}second", counter)),
    ("flask-limiter counter, redis", 1, windowed("flask_limits.py sliding-window-counter {n}/{w}second --redis", counter)),
    ("flask-limiter fixed, redis", 1, windowed("flask_limits.py fixed-window {n}/{w}second --redis", first)),
    ("flask-limiter two, fixed", 1, two("flask_limits.py fixed-window {a}/{v}second;{b}/{w}second", first)),
    ("flask-limiter two, moving", 1, two("flask_limits.py moving-window {a}/{v}second;{b}/{w}second", log)),
    ("slowapi fixed", 1, headed("slowapi_limits.py fixed-window {n}/{w}second", first, ["", "--headers"])),
    ("slowapi moving", 1, headed("slowapi_limits.py moving-window {n}/{w}second", log, ["", "--headers"])),
    ("pyrate-limiter", 2, windowed("pyrate_log.py {n} {w}", log)),
    ("pyrate-limiter two", 1, two("pyrate_log.py {a} {v} {b} {w}", log)),
    ("fastapi-limiter", 1, windowed("more.py fastapi_limiter {n} {w}", log)),
    ("throttled fixed", 1, throttled("fixed_window", aligned)),
    ("throttled sliding", 1, throttled("sliding_window", counter)),
    ("throttled bucket", 1, throttled_bucket("token_bucket")),
    ("throttled leaking", 1, throttled_bucket("leaking_bucket")),
    ("throttled gcra", 2, lambda d: (lambda n, w: (f"throttled_rates.py gcra {n} {w} {n}", [bucket(n, n / w)]))(*d.window())),
    ("quart-rate-limiter", 2, quart),
    ("litestar", 1, litestar),
    ("ratelimit", 1, windowed("more.py ratelimit {n} {w}", first)),
    ("rush periodic", 1, windowed("more.py rush periodic {n} {w}", first)),
    ("rush gcra", 1, rush_gcra),
    ("token-bucket", 2, bucketed("more.py token_bucket {n} {r}")),
    ("call-gate", 2, call_gate),
    ("aiolimiter", 1, lambda d: (lambda n, w: (f"more.py aiolimiter {n} {w}", [bucket(n, n / w)]))(*d.window())),
    ("falcon-limiter", 1, windowed("more.py falcon {n} {w}", first)),
    ("flask-limiter copies", 1, flask_copies),
    ("walrus", 1, windowed("more.py walrus {n} {w}", log)),
    ("python-redis-rate-limit", 1, windowed("more.py redis_rate_limit {n} {w}", first)),
    ("limitlion", 1, limitlion),
    ("django-fast-ratelimit", 1, windowed("more.py fast_ratelimit {n}/{w}s", first)),
    ("django-throttle-requests", 1, windowed("more.py throttle_requests fixed-bucket {n} {w}", first)),
    ("django-throttle-requests gcra", 1, throttle_requests_gcra),
    # Each attempt during the lock-out begins it anew unless the settings say otherwise.
    ("django-axes", 1, lambda d: axes(d, "yes")),
    ("django-axes, cool-off kept", 1, lambda d: axes(d, "no")),
    ("sqlite rows", 1, windowed("more.py sqlite rows {n} {w}", log)),
    ("sqlite minutes", 1, sqlite_minute),
    ("redis bucket, whole seconds", 1, stripe_bucket),
    ("redis in flight", 1, flights("more.py stripe_in_flight {n} {s}")),
    ("redis incr", 1, windowed("more.py limits incr {n} {w}", first)),
    # An expiry that every request sets anew shuts out whoever goes on asking: a ban that renews itself.
    ("redis incr, expiry renewed", 1, windowed("more.py limits incr-always {n} {w}", ban, most=15)),
    ("redis clock", 1, windowed("more.py limits clock {n} {w}", aligned)),
    ("redis zset", 1, windowed("more.py limits zset {n} {w}", log)),
    ("redis zset, refused count", 1, windowed("more.py limits zset-all {n} {w}", log)),
    ("redis gcra", 1, redis_gcra),
    ("memcached", 1, windowed("more.py memcached {n} {w}", first, least=5)),
    ("ban", 1, banned("ban.py {n} {w} {b}")),
    ("ban, renewed", 1, banned("ban.py {n} {w} {b} --renewing")),
    ("leaky queue", 1, queued),
    ("in flight", 1, flights("in_flight.py {n} {s}")),
    ("no limit", 1, unlimited),
    ("express-rate-limit", 4, headed("express.mjs {n} {ms}", first, ["none", "none", "legacy", "draft-6", "draft-7", "draft-8"])),
    ("express-rate-limit two", 1, two("more.mjs express2 {a} {v} {b},{w}", first)),
    ("express-rate-limit copies", 2, express_cluster),
    ("rate-limiter-flexible", 2, windowed("flexible.mjs {n} {w}", first)),
    ("rate-limiter-flexible, block", 2, banned("flexible.mjs {n} {w} {b}")),
    ("rate-limiter-flexible union", 1, two("more.mjs union {a} {v} {b},{w}", first)),
    ("fastify", 2, windowed("fastify.mjs {n} {ms}", first)),
    # Each refused request starts the window anew.
    ("fastify, continueExceeding", 1, windowed("fastify.mjs {n} {ms} --continue-exceeding", ban, most=15)),
    ("koa-ratelimit", 1, windowed("more.mjs koa {n} {w}", first)),
    ("koa2-ratelimit", 1, windowed("more.mjs koa2 {n} {w}", first)),
    ("hono-rate-limiter", 2, headed("more.mjs hono {n} {w}", first, ["draft-6", "draft-7"])),
    ("hapi-rate-limit", 1, windowed("more.mjs hapi {n} {w}", first)),
    # A block as long as the window follows the first refusal unless the settings name another.
    ("nest throttler", 2, windowed("more.mjs nest {n} {w}", ban)),
    ("nest throttler, block", 1, banned("more.mjs nest {n} {w} {b}")),
    ("limiter", 2, bucketed("more.mjs limiter {n} {r}")),
    ("lambda-rate-limiter", 1, windowed("more.mjs lambda {n} {w}", first)),
    ("rolling-rate-limiter", 1, windowed("more.mjs rolling {n} {w}", log)),
    # On a clock that begins with the process and is looked at four times a second.
    ("bottleneck", 1, windowed("more.mjs bottleneck {n} {w}", aligned, least=10, most=30)),
    ("upstash fixed", 1, windowed("more.mjs upstash-fixed {n} {w}", aligned)),
    ("upstash sliding", 1, windowed("more.mjs upstash-sliding {n} {w}", counter)),
    ("upstash bucket", 1, upstash_bucket),
    # Refused requests count.
    ("ratelimiter", 1, windowed("more.mjs ratelimiter {n} {w}", log)),
    ("async-ratelimiter", 1, windowed("more.mjs async-ratelimiter {n} {w}", log)),
    ("rate-limit-redis", 1, windowed("more.mjs rate-limit-redis {n} {w}", first)),
    ("express-throttle", 1, express_throttle),
    ("express-throttle period", 1, windowed("more.mjs express-throttle-period {n} {w}", first)),
    ("restify", 1, bucketed("more.mjs restify {n} {r}")),
    ("restify in flight", 1, flights("more.mjs restify-in-flight {n} {s}")),
    # On a clock that begins with the process.
    ("moleculer", 1, headed("more.mjs moleculer {n} {w}", aligned, ["", "headers"])),
    ("fast-ratelimit", 1, windowed("more.mjs fast-ratelimit {n} {w}", first)),
    ("elysia-rate-limit", 1, windowed("more.mjs elysia {n} {w}", first)),
    ("next.js example", 1, windowed("more.mjs next {n} {w}", lambda n, w: first(n - 1, w))),
    ("nginx limit_req", 4, nginx),
    ("nginx limit_req, queue", 2, nginx_queue),
    ("nginx, two zones", 2, nginx_two),
    ("nginx limit_conn", 2, flights("nginx.py conn {n} {s}")),
    ("nginx lua count", 1, windowed("proxies.py lua count {n} {w}", first)),
    ("nginx lua clock", 1, windowed("proxies.py lua clock {n} {w}", aligned)),
    ("nginx lua, two as Kong", 1, kong),
    ("nginx lua queue", 1, lua_queue),
    ("haproxy rate", 3, windowed("proxies.py haproxy rate {n} {w}", counter)),
    ("haproxy connections", 1, flights("proxies.py haproxy connections {n} {s}")),
    # The entry lives on with each request, a refused one too.
    ("haproxy counter", 1, windowed("proxies.py haproxy idle {n} {w}", ban, least=5, most=15)),
    ("apache mod_evasive", 1, evasive),
    ("apache mod_qos events", 1, qos_events),
    ("apache mod_qos requests", 1, flights("proxies.py apache qos_requests {n} {s}")),
    ("varnish vsthrottle", 2, lambda d: (lambda n, w: (f"proxies.py varnish {n} {w}", [bucket(n, n / w)]))(*d.window())),
    # Each request during the block takes a token and the fraction of one that had come since the last: with a window of
    # a second that is soon made up for, with a longer one the block may never end for one who goes on asking.
    ("varnish vsthrottle, block", 1, banned("proxies.py varnish {n} 1 {b}")),
    ("rack-attack", 2, headed("attack.rb throttle {n} {w}", aligned, ["", "--retry-after"])),
    ("rack-attack two", 1, two("attack.rb throttle {a} {v} {b} {w}", aligned)),
    ("rack-attack allow2ban", 1, banned("attack.rb allow2ban {n} {w} {b}", least=5)),
    ("symfony fixed", 1, windowed("proxies.py php fixed_window {n} {w}", first)),
    ("symfony sliding", 1, windowed("proxies.py php sliding_window {n} {w}", counter)),
    ("symfony bucket", 1, symfony_bucket),
    ("cgi-application ratelimit", 1, cgi_application),
    ("laravel", 1, laravel),
    ("apcu", 1, apcu),
    ("guava", 1, guava),
    ("jetty", 1, jetty),
    ("tomcat", 1, tomcat),
    ("tomcat exact", 1, windowed("java tomcat-exact {n} {w}", aligned)),
    ("go x/time/rate", 2, bucketed("go rate {n} {r}")),
    ("go echo", 1, bucketed("go echo {n} {r}")),
    ("go juju/ratelimit", 1, bucketed("go juju {n} {r}")),
    ("governor", 2, bucketed("rust governor {n} {ms}")),
    ("tower_governor", 1, bucketed("rust tower {n} {ms}")),
    ("tower_governor headers", 1, bucketed("rust tower-headers {n} {ms}")),
    ("leaky-bucket", 1, leaky),
]


def configurations(seed, names=()):
    """One dictionary each: kind, command, truth. The same for a seed whatever kinds are asked for."""
    for kind, times, draw in KINDS:
        if names and not any(name in kind for name in names):
            continue
        for number in range(times):
            command, truth = draw(Dice(f"{seed}/{kind}/{number}"))
            yield {"kind": kind, "number": number, "command": command.split(), "truth": truth}
