"""Shuts a client out for a time once it asks too often, as fail2ban-like rules and edge networks do.

    python ban.py LIMIT SECONDS BAN_SECONDS [--renewing]

Counts in a window that starts with the first request; the request after LIMIT starts the ban. With
`--renewing` every request during the ban starts it anew.
"""

import argparse
import threading
import time

from loopback import serve

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("limit", type=int)
parser.add_argument("seconds", type=float)
parser.add_argument("ban_seconds", type=float)
parser.add_argument("--renewing", action="store_true")
given = parser.parse_args()

lock = threading.Lock()
count, window_ends, banned_until = 0, 0.0, 0.0


def admitted():
    global count, window_ends, banned_until
    with lock:
        now = time.monotonic()
        if now < banned_until:
            if given.renewing:
                banned_until = now + given.ban_seconds
            return False
        if now >= window_ends:
            count, window_ends = 0, now + given.seconds
        count += 1
        if count <= given.limit:
            return True
        banned_until, window_ends = now + given.ban_seconds, 0.0
        return False


serve(lambda _: (200, {}, b"hello") if admitted() else (403, {}, b"banned"))
