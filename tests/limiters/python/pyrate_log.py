"""pyrate-limiter: a sliding log, or several at once.

    python pyrate_log.py LIMIT SECONDS [LIMIT SECONDS …]
"""

import sys

from pyrate_limiter import InMemoryBucket, Limiter, Rate

from loopback import serve

figures = list(map(int, sys.argv[1:]))
rates = [Rate(limit, seconds * 1000) for limit, seconds in zip(figures[::2], figures[1::2])]
limiter = Limiter(InMemoryBucket(rates))


def answer(_):
    if limiter.try_acquire("everybody", blocking=False):
        return 200, {}, b"hello"
    return 429, {}, b"slow down"


serve(answer)
