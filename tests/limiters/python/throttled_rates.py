"""throttled-py, in memory.

    python throttled_rates.py ALGORITHM LIMIT SECONDS BURST

ALGORITHM: fixed_window (aligned to the epoch), sliding_window (a counter of two windows), token_bucket
(refilled once a second), leaking_bucket (the same as a meter) or gcra (continuous).
"""

import math
import sys
from datetime import timedelta

from throttled import Throttled
from throttled.rate_limiter import per_duration

from loopback import serve

algorithm, limit, seconds, burst = sys.argv[1], *map(int, sys.argv[2:5])
throttle = Throttled(
    key="everybody",
    using=algorithm,
    quota=per_duration(timedelta(seconds=seconds), limit, burst),
)


def answer(_):
    result = throttle.limit()
    if result.limited:
        wait = math.ceil(result.state.retry_after)
        return 429, {"Retry-After": str(wait)}, b"slow down"
    return 200, {}, b"hello"


serve(answer)
