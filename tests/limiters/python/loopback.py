"""Serves a limiter on a free loopback port and prints `ready PORT`.

Every server of this folder dies with its parent: it ends when its standard input closes.
"""

import atexit
import contextlib
import http.server
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time


def listener():
    """A bound and listening socket."""
    # asyncio sends small replies at once only on sockets that say they are TCP.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", 0))
    sock.listen(128)
    return sock


def announce(sock):
    """Says where the server listens, and arranges for its end."""
    print(f"ready {sock.getsockname()[1]}", flush=True)

    def wait():
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def leave_on_term():
    """SIGTERM runs the clean-ups of `atexit`, as a normal end does."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def serve(answer):
    """Serves `answer(handler) -> (status, headers, body)` with one thread for each connection."""
    leave_on_term()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_GET(self):
            status, headers, body = answer(self)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

        do_POST = do_HEAD = do_GET

        def log_message(self, *_):
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def __init__(self, sock):
            super().__init__(sock.getsockname(), Handler, bind_and_activate=False)
            self.socket.close()
            self.socket = sock

    sock = listener()
    announce(sock)
    Server(sock).serve_forever()


def serve_wsgi(application, threads=8, workers=1):
    """Serves a WSGI application with gunicorn: threaded workers, or the one-connection kind for a single thread."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self):
            self.cfg.set("bind", "127.0.0.1:0")
            self.cfg.set("workers", workers)
            self.cfg.set("worker_class", "gthread" if threads > 1 else "sync")
            self.cfg.set("threads", threads)
            self.cfg.set("keepalive", 75)
            self.cfg.set("loglevel", "error")
            # A worker that a probe keeps from its work is ended while the probe still runs.
            self.cfg.set("timeout", 10)
            self.cfg.set("graceful_timeout", 1)
            self.cfg.set("when_ready", lambda arbiter: announce(arbiter.LISTENERS[0].sock))

        def load(self):
            return application

    Server().run()


def serve_uwsgi(workers=1):
    """Serves the `application` of the script that was started with uWSGI, which reads the script once more: its
    `http-socket` closes every connection behind the reply and does not say so."""
    if "uwsgi" in sys.modules:
        return
    leave_on_term()
    sock = listener()
    command = [os.path.join(os.path.dirname(sys.executable), "pyuwsgi"), "--master", "--die-on-term"]
    command += ["--http-socket", f"fd://{sock.fileno()}", "--processes", str(workers)]
    command += ["--wsgi-file", sys.argv[0], "--pyargv", " ".join(sys.argv[1:]), "--disable-logging"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, pass_fds=[sock.fileno()], **silent) as process:
        announce(sock)
        try:
            process.wait()
        finally:
            process.terminate()


def serve_asgi(application):
    """Serves an ASGI application with uvicorn."""
    import uvicorn

    sock = listener()
    announce(sock)
    uvicorn.Server(uvicorn.Config(application, log_level="error")).run(sockets=[sock])


@contextlib.contextmanager
def private_folder():
    """A folder that is gone at the end."""
    folder = tempfile.mkdtemp(prefix="apictl-limiter-")
    # Started by root, nginx reads its pages as another user.
    os.chmod(folder, 0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def private_redis():
    """Starts a Redis of our own on a Unix socket and answers its path."""
    binary = shutil.which("redis-server")
    if binary is None:
        sys.exit("this limiter needs Redis: apt-get install redis-server")
    folder = tempfile.mkdtemp(prefix="apictl-redis-")
    path = f"{folder}/redis.sock"
    process = subprocess.Popen(
        [binary, "--port", "0", "--unixsocket", path, "--save", "", "--dir", folder],
        stdout=subprocess.DEVNULL,
    )

    def stop():
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)

    owner = os.getpid()
    # Forked workers inherit the clean-up but must not run it.
    atexit.register(lambda: stop() if os.getpid() == owner else None)
    until = time.monotonic() + 10
    while not os.path.exists(path):
        if time.monotonic() > until or process.poll() is not None:
            sys.exit("redis-server did not start")
        time.sleep(0.01)
    return path
