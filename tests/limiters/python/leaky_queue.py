"""A leaky queue: serves at a constant rate, lets so many wait for their turn, refuses the rest.

    python leaky_queue.py RATE_PER_SECOND PLACES
"""

import sys
import threading
import time

from loopback import serve

interval, places = 1 / float(sys.argv[1]), int(sys.argv[2])
lock = threading.Lock()
next_turn = 0.0


def answer(_):
    global next_turn
    with lock:
        now = time.monotonic()
        turn = max(now, next_turn)
        if (turn - now) / interval > places:
            return 503, {}, b"full"
        next_turn = turn + interval
    time.sleep(max(0.0, turn - time.monotonic()))
    return 200, {}, b"hello"


serve(answer)
