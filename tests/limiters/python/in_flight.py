"""Admits so many requests at a time; one too many is refused with 503.

    python in_flight.py LIMIT WORK_SECONDS
"""

import sys
import threading
import time

from loopback import serve

limit, work = int(sys.argv[1]), float(sys.argv[2])
places = threading.Semaphore(limit)


def answer(_):
    if not places.acquire(blocking=False):
        return 503, {}, b"busy"
    try:
        time.sleep(work)
        return 200, {}, b"hello"
    finally:
        places.release()


serve(answer)
