"""Flask-Limiter over `limits`.

    python flask_limits.py STRATEGY LIMIT [--headers] [--redis]

STRATEGY: fixed-window (from the first request), moving-window (a sliding log) or sliding-window-counter
(aligned to the epoch in memory, to the first request in Redis). LIMIT as Flask-Limiter writes it:
`12 per 4 second`, several with `;`.
"""

import argparse

from flask import Flask
from flask_limiter import Limiter

from loopback import private_redis, serve_wsgi

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("strategy")
parser.add_argument("limit")
parser.add_argument("--headers", action="store_true")
parser.add_argument("--redis", action="store_true")
given = parser.parse_args()

application = Flask(__name__)
limiter = Limiter(
    lambda: "everybody",
    app=application,
    strategy=given.strategy,
    storage_uri=f"redis+unix://{private_redis()}" if given.redis else "memory://",
    headers_enabled=given.headers,
)


@application.route("/")
@limiter.limit(given.limit)
def hello():
    return "hello"


serve_wsgi(application)
