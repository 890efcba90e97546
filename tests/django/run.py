"""Serves the project under gunicorn until standard input closes.

    python run.py [--workers N] [--threads N] [--worker-class gthread]

Prints `ready PORT` once every worker takes connections. The parent holds the other end of standard input, so the
server dies with it, however the parent ends.
"""

import argparse
import os
import signal
import sys
import threading
import time

from gunicorn.app.base import BaseApplication


def die_with_parent():
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGQUIT)
    time.sleep(2)
    os.killpg(os.getpgid(0), signal.SIGKILL)


class Server(BaseApplication):
    def __init__(self, options):
        self.options = options
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        from shop.wsgi import application

        return application


def ready_with(workers):
    """Hooks that print `ready PORT` once every worker takes connections: gunicorn starts them one by one."""
    booted, boot = os.pipe()

    def announce(port):
        for _ in range(workers):
            os.read(booted, 1)
        print(f"ready {port}", flush=True)

    def when_ready(arbiter):
        port = arbiter.LISTENERS[0].sock.getsockname()[1]
        threading.Thread(target=announce, args=[port], daemon=True).start()

    def post_worker_init(worker):
        os.write(boot, b".")

    return {"when_ready": when_ready, "post_worker_init": post_worker_init}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--workers", type=int, default=1)
    arguments.add_argument("--threads", type=int, default=4)
    arguments.add_argument("--worker-class", default="gthread")
    given = arguments.parse_args()
    os.setpgid(0, 0)
    threading.Thread(target=die_with_parent, daemon=True).start()
    Server(
        {
            "bind": f"127.0.0.1:{given.port}",
            "workers": given.workers,
            "threads": given.threads,
            "worker_class": given.worker_class,
            "preload_app": True,
            "keepalive": 75,
            "loglevel": "warning",
            "graceful_timeout": 1,
            **ready_with(given.workers),
        }
    ).run()


if __name__ == "__main__":
    main()
