"""slowapi in front of a FastAPI route.

    python slowapi_limits.py STRATEGY LIMIT [--headers]
"""

import argparse

from fastapi import FastAPI, Request, Response
from slowapi import Limiter, _rate_limit_exceeded_handler
from slowapi.errors import RateLimitExceeded

from loopback import serve_asgi

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("strategy")
parser.add_argument("limit")
parser.add_argument("--headers", action="store_true")
given = parser.parse_args()

limiter = Limiter(
    key_func=lambda: "everybody",
    strategy=given.strategy,
    headers_enabled=given.headers,
    config_filename="/dev/null",
)
application = FastAPI()
application.state.limiter = limiter
application.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)


@application.get("/")
@limiter.limit(given.limit)
async def hello(request: Request, response: Response):
    return {"hello": "world"}


serve_asgi(application)
