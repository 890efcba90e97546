"""A limiter of a proxy or web server, unprivileged where it may be, in a folder of its own.

    python proxies.py KIND FIGURE…        (the functions below, by name)
"""

import contextlib
import glob
import os
import re
import shutil
import subprocess
import sys
import time

from loopback import announce, leave_on_term, listener, private_folder

stack = contextlib.ExitStack()


def free_port():
    with contextlib.closing(listener()) as sock:
        return sock.getsockname()[1]


def backend(work="0"):
    """A server whose replies take so many seconds; answers its port."""
    command = [sys.executable, "in_flight.py", "1000", work]
    process = stack.enter_context(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
    stack.callback(process.terminate)
    return int(process.stdout.readline().split()[1])


def run(name, configuration, command, port, env=()):
    """Writes the configuration, starts the server, says so once its port answers, and waits for its end."""
    with open(f"{folder}/{name}", "w") as file:
        file.write(configuration)
    if os.getuid() == 0:
        subprocess.run(["chmod", "-R", "a+rwX", folder], check=True)
    log = open(f"{folder}/log", "w")
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, **dict(env)})
    stack.callback(process.wait)
    stack.callback(process.terminate)
    # A look at the table of sockets: a connection could count.
    listening = re.compile(rf"0100007F:{port:04X} \S+ 0A")
    for _ in range(1000):
        with open("/proc/net/tcp") as table:
            if process.poll() is not None or listening.search(table.read()):
                break
        time.sleep(0.02)
    if process.poll() is not None:
        sys.exit(open(f"{folder}/log").read())
    time.sleep(0.2)

    class Port:
        getsockname = staticmethod(lambda: ("127.0.0.1", port))

    announce(Port)
    process.wait()


def nginx(*zones):
    """RATE:BURST… or RATE:BURST:delay…: one `limit_req` for each."""
    port = free_port()
    with open(f"{folder}/index.html", "w") as page:
        page.write("hello")
    zone, limit = "", ""
    for number, text in enumerate(zones):
        rate, burst, *how = text.split(":")
        zone += f"limit_req_zone $binary_remote_addr zone=z{number}:1m rate={rate};\n"
        limit += f"limit_req zone=z{number} burst={burst} {'' if how else 'nodelay'};\n"
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ["proxy", "fastcgi", "uwsgi", "scgi"])
    configuration = f"""daemon off; worker_processes 2; error_log {folder}/error.log; pid {folder}/pid;
        events {{ worker_connections 256; }}
        http {{ access_log off; keepalive_requests 100000; default_type text/plain; client_body_temp_path {folder}/body;
        {temporary} {zone} limit_req_status 429; server {{ listen 127.0.0.1:{port}; root {folder}; {limit} }} }}"""
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    run("nginx.conf", configuration, [binary, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"], port)


def haproxy(kind, limit, seconds):
    """rate|idle|connections LIMIT SECONDS: `idle` is a counter that is forgotten after so long without a request."""
    port = free_port()
    store, track, test = {
        "rate": (f"http_req_rate({seconds}s)", "", "sc_http_req_rate(0)"),
        "idle": ("gpc0", "http-request sc-inc-gpc0(0)", "sc_get_gpc0(0)"),
        "connections": ("conn_cur", "", "sc_conn_cur(0)"),
    }[kind]
    expire = f"{seconds}s" if kind == "idle" else "10m"
    configuration = f"""global
  maxconn 500
defaults
  mode http
  timeout connect 5s
  timeout client 120s
  timeout server 60s
  timeout http-keep-alive 120s
frontend all
  bind 127.0.0.1:{port}
  {'option httpclose' if kind == 'connections' else ''}
  stick-table type ip size 1k expire {expire} store {store}
  http-request track-sc0 src
  {track}
  http-request deny deny_status 429 if {{ {test} gt {limit} }}
  default_backend hello
backend hello
  server hello 127.0.0.1:{backend(seconds if kind == 'connections' else '0')}
"""
    run("haproxy.cfg", configuration, [shutil.which("haproxy") or "/usr/sbin/haproxy", "-db", "-f", f"{folder}/haproxy.cfg"], port)


def apache(kind, *figures):
    """evasive COUNT INTERVAL BLOCKING_SECONDS | qos_events LIMIT SECONDS | qos_requests LIMIT WORK_SECONDS

    One process: mod_evasive counts in each for itself."""
    port = free_port()
    modules = "/usr/lib/apache2/modules"
    load = lambda name, file: f"LoadModule {name} {modules}/{file}.so\n"  # noqa: E731
    module, content = "", f"DocumentRoot {folder}/pages"
    os.mkdir(f"{folder}/pages")
    with open(f"{folder}/pages/index.html", "w") as page:
        page.write("hello")
    if kind == "evasive":
        count, interval, blocking = figures
        module = load("evasive20_module", "mod_evasive20")
        limit = f"""DOSPageCount {count}\nDOSPageInterval {interval}\nDOSSiteCount 100000\nDOSSiteInterval 1
            DOSBlockingPeriod {blocking}\nDOSLogDir {folder}"""
    else:
        # Debian's is built for a library that its Apache no longer brings.
        pcre = "".join(f"LoadFile {path}\n" for path in glob.glob("/usr/lib/*/libpcre.so.3"))
        module = pcre + load("qos_module", "mod_qos") + load("setenvif_module", "mod_setenvif")
        if kind == "qos_events":
            limit = f"""SetEnvIf Request_URI . QS_Limit=yes\nQS_ClientEntries 1000
                QS_ClientEventLimitCount {figures[0]} {figures[1]}\nQS_ErrorResponseCode 429"""
        else:
            module += load("proxy_module", "mod_proxy") + load("proxy_http_module", "mod_proxy_http")
            content = f"ProxyPass / http://127.0.0.1:{backend(figures[1])}/"
            limit = f"QS_LocRequestLimit / {figures[0]}\nQS_ErrorResponseCode 503"
    configuration = f"""ServerRoot {folder}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {folder}/pid
DefaultRuntimeDir {folder}\nErrorLog {folder}/error.log
{load('mpm_event_module', 'mod_mpm_event')}{load('authz_core_module', 'mod_authz_core')}{load('dir_module', 'mod_dir')}{load('mime_module', 'mod_mime')}
TypesConfig /etc/mime.types\nStartServers 1\nServerLimit 1\nThreadsPerChild 64\nMaxRequestWorkers 64\nMaxRequestsPerChild 0
KeepAlive On\nMaxKeepAliveRequests 0\nKeepAliveTimeout 75\n{module}{content}\nDirectoryIndex index.html\n{limit}
"""
    binary = shutil.which("apache2") or "/usr/sbin/apache2"
    run("apache.conf", configuration, [binary, "-DFOREGROUND", "-f", f"{folder}/apache.conf"], port)


def varnish(limit, seconds, block="0"):
    """vsthrottle: LIMIT SECONDS [BLOCK_SECONDS]"""
    port = free_port()
    configuration = f"""vcl 4.1; import vsthrottle; backend none none;
        sub vcl_recv {{ if (vsthrottle.is_denied("everybody", {limit}, {seconds}s, {block}s)) {{ return (synth(429)); }} return (synth(200)); }}
        sub vcl_synth {{ set resp.body = "hello"; return (deliver); }}"""
    # Its jail changes the user where root starts it.
    jail = ["-j", "none"]
    binary = shutil.which("varnishd") or "/usr/sbin/varnishd"
    run("all.vcl", configuration, [binary, *jail, "-F", "-n", f"{folder}/work", "-a", f"127.0.0.1:{port}", "-f", f"{folder}/all.vcl"], port)


def php(*limiter, script="symfony"):
    """POLICY LIMIT SECONDS [AMOUNT]: Symfony's, in PHP's own server."""
    port = free_port()
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"../php/{script}.php")
    options = ["-d", "error_reporting=E_ERROR", "-d", "apc.enable_cli=1"]
    command = ["php", *options, "-S", f"127.0.0.1:{port}", script]
    run("limiter", " ".join(limiter), command, port, {"LIMITER": " ".join(limiter), "FOLDER": f"{folder}/state"})


def laravel(*limiter):
    """LIMIT SECONDS"""
    php(*limiter, script="laravel")


def apcu(*limiter):
    """LIMIT SECONDS"""
    php(*limiter, script="apcu")


def lua(kind, limit, seconds):
    """count|clock LIMIT SECONDS | kong LIMIT_PER_SECOND LIMIT_PER_MINUTE | queue PLACES RATE_PER_SECOND

    Scripts in nginx, what they count in memory that its workers share."""
    port = free_port()
    script = {
        # As lua-resty-limit-traffic counts requests.
        "count": f"""local count = ngx.shared.all:incr(ngx.var.binary_remote_addr, 1, 0, {seconds})
            if count > {limit} then return ngx.exit(429) end""",
        # A count for each period of the clock.
        "clock": f"""local key = ngx.var.remote_addr .. math.floor(ngx.time() / {seconds})
            local count = ngx.shared.all:incr(key, 1, 0, {seconds} + 1)
            if count > {limit} then return ngx.exit(429) end""",
        # As Kong's plug-in counts for several periods of the clock: a request that one of them refuses counts in none.
        "kong": f"""local all, now, keys = ngx.shared.all, ngx.time(), {{}}
            for length, limit in pairs({{[1] = {limit}, [60] = {seconds}}}) do
                local key = length .. ":" .. now - now % length
                if (all:get(key) or 0) >= limit then return ngx.exit(429) end
                keys[key] = length
            end
            for key, length in pairs(keys) do all:incr(key, 1, 0, length) end""",
        # As lua-resty-limit-traffic delays requests.
        "queue": f"""local all, now = ngx.shared.all, ngx.now()
            local excess, last = all:get("excess"), all:get("last")
            excess = excess and math.max(excess - {seconds} * math.abs(now - last) + 1, 0) or 0
            if excess > {limit} then return ngx.exit(503) end
            all:set("excess", excess); all:set("last", now)
            if excess > 0 then ngx.sleep(excess / {seconds}) end""",
    }[kind]
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ["proxy", "fastcgi", "uwsgi", "scgi"])
    modules = "/usr/lib/nginx/modules"
    configuration = f"""load_module {modules}/ndk_http_module.so; load_module {modules}/ngx_http_lua_module.so;
        daemon off; worker_processes {1 if kind in ('queue', 'kong') else 2}; error_log {folder}/error.log; pid {folder}/pid;
        events {{ worker_connections 256; }}
        http {{ access_log off; keepalive_requests 100000; default_type text/plain; client_body_temp_path {folder}/body;
        {temporary} lua_shared_dict all 1m; server {{ listen 127.0.0.1:{port};
        location / {{ access_by_lua_block {{ {script} }} content_by_lua_block {{ ngx.print("hello") }} }} }} }}"""
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    run("nginx.conf", configuration, [binary, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"], port)


def perl(*limiter):
    """LIMIT SECONDS"""
    port = free_port()
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../perl/hits.psgi")
    # A worker waits for the next request of its connection.
    options = ["--workers", "16", "--keepalive-timeout", "75", "--disable-proctitle"]
    command = ["starman", *options, "--listen", f"127.0.0.1:{port}", "--env", "deployment", script]
    run("limiter", " ".join(limiter), command, port, {"LIMITER": " ".join(limiter), "FOLDER": folder})


leave_on_term()
with stack:
    folder = stack.enter_context(private_folder())
    globals()[sys.argv[1]](*sys.argv[2:])
