"""nginx with one `limit_req` or `limit_conn`, or before a limiter, unprivileged, in a folder of its own.

    python nginx.py req RATE [BURST [nodelay|delay=N]]      (`nginx.py req 2r/s 5 nodelay`)
    python nginx.py conn CONNECTIONS WORK_SECONDS           (in front of a server that takes that long)
    python nginx.py before SCRIPT [WORD ...]                (`nginx.py before drf_throttles.py anon 9/5s --workers 2`)
    python nginx.py keeping SCRIPT [WORD ...]               (the same, with connections to the workers that are kept)
"""

import contextlib
import os
import shutil
import subprocess
import sys

from loopback import announce, leave_on_term, listener, private_folder

CONFIGURATION = """
daemon off;
worker_processes 1;
error_log {folder}/error.log;
pid {folder}/nginx.pid;
events {{ worker_connections 256; }}
http {{
    access_log off;
    keepalive_requests 100000;
    default_type text/plain;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {zone}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            {limit}
            {content}
        }}
    }}
}}
"""

binary = shutil.which("nginx") or "/usr/sbin/nginx"
if not os.path.exists(binary):
    sys.exit("this limiter needs nginx: apt-get install nginx-light")


@contextlib.contextmanager
def backend(*words):
    """Another script's server; answers its port."""
    command = [sys.executable, *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as backend:
        yield int(backend.stdout.readline().split()[1])
        backend.terminate()


kind, *figures = sys.argv[1:]
leave_on_term()
with contextlib.ExitStack() as stack:
    folder = stack.enter_context(private_folder())
    if kind == "req":
        rate, *burst = figures
        zone = f"limit_req_zone $binary_remote_addr zone=all:1m rate={rate};"
        limit = f"limit_req zone=all {' '.join([f'burst={burst[0]}', *burst[1:]]) if burst else ''};"
        content = f"root {folder};"
    elif kind == "conn":
        connections, work = figures
        zone = "limit_conn_zone $binary_remote_addr zone=all:1m;"
        limit = f"limit_conn all {connections};"
        slow = stack.enter_context(backend("in_flight.py", "1000", work))
        content = f"proxy_pass http://127.0.0.1:{slow};"
    elif kind == "keeping":
        port = stack.enter_context(backend(*figures))
        zone = f"upstream kept {{ server 127.0.0.1:{port}; keepalive 16; }}"
        limit = 'proxy_http_version 1.1; proxy_set_header Connection "";'
        content = "proxy_pass http://kept;"
    else:
        zone, limit = "", ""
        content = f"proxy_pass http://127.0.0.1:{stack.enter_context(backend(*figures))};"
    with open(f"{folder}/index.html", "w") as page:
        page.write("hello")
    sock = listener()
    port = sock.getsockname()[1]
    with open(f"{folder}/nginx.conf", "w") as file:
        file.write(
            CONFIGURATION.format(
                folder=folder, port=port, zone=zone, limit=limit, content=content
            )
        )
    # nginx takes over listening sockets that the environment names: the port is ours from the start.
    process = subprocess.Popen(
        [binary, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"],
        env={**os.environ, "NGINX": f"{sock.fileno()};"},
        pass_fds=[sock.fileno()],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    announce(sock)
    process.wait()
    sys.exit(open(f"{folder}/error.log").read())
