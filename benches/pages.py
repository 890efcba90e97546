#!/usr/bin/env python3
"""What a walk costs, beside its peers, on the same pages from the same server in the same run.

    cargo build --release && cargo bench --no-run --bench discard
    python3 benches/pages.py target/release/apictl [cpu] [memory] [latency] [bandwidth]

Without a name all of them. Figures are user + system seconds of the client's whole process, the best of three runs, and
its peak resident set. nginx (one worker) serves pre-rendered pages from memory; the peers are a python-requests loop
that parses each page and writes each item (needs `requests`), `gh api --paginate` where it is installed, curl, and
`benches/discard.rs`: the client of apictl itself, which reads the same bodies and throws them away.
"""

import asyncio
import glob
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

REQUESTS = """
import json, sys, requests
session, url = requests.Session(), sys.argv[1]
with open("/dev/null", "w") as out:
    while url:
        page = session.get(url).json()
        for row in page["results"]:
            out.write(json.dumps(row) + "\\n")
        url = page["next"]
"""


def row(number):
    return (
        '{"id":%d,"sku":"SKU-%08d","name":"Product number %d","description":"%s","price":"%d.%02d","rating":%.1f,'
        '"in_stock":true,"category":"garden","tags":["a","b"],"created":"2026-01-01T00:01:00Z","owner":{"id":%d}}'
        % (number, number, number, "lorem ipsum dolor " * 5, number % 500, number % 100, number % 50 / 10, number % 9)
    )


class Nginx:
    """Pages of DRF's envelope below /p/, bare arrays with a Link field below /a/. All pages hold the same items: what a
    client does with them costs the same."""

    def __init__(self, rows, size):
        self.folder = tempfile.mkdtemp(prefix="apictl-bench-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        os.chmod(self.folder, 0o755)
        self.pages = rows // size
        self.port = free_port()
        items = ",".join(row(10_000_000 + index) for index in range(size))
        base = f"http://127.0.0.1:{self.port}"
        self.url, self.arrays = f"{base}/p/", f"{base}/a/"
        os.mkdir(f"{self.folder}/p")
        for page in range(1, self.pages + 1):
            following = f'"{base}/p/?page={page + 1}"' if page < self.pages else "null"
            with open(f"{self.folder}/p/{page}", "w") as out:
                out.write(f'{{"count":{rows},"next":{following},"previous":null,"results":[{items}]}}')
        with open(f"{self.folder}/array", "w") as out:
            out.write(f"[{items}]")
        links = "".join(
            f"{page} '<{base}/a/?page={page + 1}>; rel=\"next\"';\n" for page in range(1, self.pages)
        )
        with open(f"{self.folder}/conf", "w") as out:
            out.write(f"""
                worker_processes 1; daemon off; pid {self.folder}/pid; error_log /dev/null;
                events {{ worker_connections 512; }}
                http {{
                    access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; default_type application/json;
                    map_hash_max_size 65536; map_hash_bucket_size 256;
                    client_body_temp_path {self.folder}/t1; proxy_temp_path {self.folder}/t2; fastcgi_temp_path {self.folder}/t3;
                    uwsgi_temp_path {self.folder}/t4; scgi_temp_path {self.folder}/t5;
                    map $arg_page $page {{ default $arg_page; "" 1; }}
                    map $page $following {{ default ""; {links} }}
                    server {{
                        listen 127.0.0.1:{self.port}; root {self.folder};
                        location /p/ {{ rewrite ^ /p/$page break; }}
                        location /a/ {{ rewrite ^ /array break; add_header Link $following; }}
                    }}
                }}""")
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        self.process = subprocess.Popen([nginx, "-c", f"{self.folder}/conf", "-e", "/dev/null"])
        wait_for(self.port)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder)


def free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    import socket

    for _ in range(500):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.02)
    sys.exit(f"nothing listens on port {port}")


def measure(command, runs=3, env=None):
    """CPU seconds, wall seconds and peak MiB of the run that took the least CPU."""
    best = None
    for _ in range(runs):
        errors = tempfile.TemporaryFile()
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, env=env)
        peak = 0
        while True:
            # What wait4 says of memory includes this interpreter, before the exec.
            peak = max(peak, high_water(process.pid))
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            time.sleep(0.005)
        wall = time.monotonic() - started
        if status != 0:
            errors.seek(0)
            sys.exit(f"failed: {command}\n{errors.read().decode()}")
        cpu = usage.ru_utime + usage.ru_stime
        if best is None or cpu < best[0]:
            best = (cpu, wall, peak / 1024)
    return best


def high_water(pid):
    """The most memory that was resident, in KiB, of the program that runs now."""
    try:
        with open(f"/proc/{pid}/status") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("VmHWM")), 0)
    except OSError:
        return 0


def tell(name, figures, base=None):
    cpu, wall, memory = figures
    ratio = f"{cpu / base:7.2f}x" if base else ""
    print(f"  {name:34} {cpu:7.2f} s CPU {wall:8.2f} s wall {memory:7.1f} MiB {ratio}", flush=True)


def cpu(binary):
    for rows, size in [(1_000_000, 1_000), (1_000_000, 100)]:
        print(f"CPU: {rows:,} items, {size} a page")
        with Nginx(rows, size) as server:
            walk = [binary, "pages", "walk", server.url]
            discard = [discarding(), server.url, str(server.pages)]
            base = measure(walk, 5)
            tell("apictl", base, base[0])
            tell("read and discard, same client", measure(discard, 5), base[0])
            tell("apictl -j 1", measure([*walk, "-j", "1"], 5), base[0])
            tell("apictl -j 16", measure([*walk, "-j", "16"]), base[0])
            tell("apictl -o FILE", measure([*walk, "-o", f"{server.folder}/out"]), base[0])
            if shutil.which("curl"):
                url = f"{server.url}?page=[1-{server.pages}]"
                tell("curl, read and discard", measure(["curl", "-s", "-o", "/dev/null", url]), base[0])
            tell("python-requests", measure([sys.executable, "-c", REQUESTS, server.url], 1), base[0])
            arrays = measure([binary, "pages", "walk", server.arrays])
            tell("apictl, bare arrays with Link", arrays, arrays[0])
            if shutil.which("gh"):
                env = {**os.environ, "GH_TOKEN": "x", "GH_NO_UPDATE_NOTIFIER": "1"}
                gh = ["gh", "api", "--paginate", server.arrays]
                tell("gh api --paginate, the same", measure(gh, 1, env), arrays[0])


def discarding():
    found = sorted(glob.glob("target/release/deps/discard-*"), key=os.path.getmtime)
    found = [path for path in found if os.access(path, os.X_OK) and not path.endswith(".d")]
    if not found:
        sys.exit("cargo bench --no-run --bench discard")
    return found[-1]


def memory(binary):
    print("Memory: `apictl serve`, 1,000 items a page of about 320 bytes")
    for rows in [100_000, 10_000_000]:
        serve = subprocess.Popen(
            [binary, "serve", "--port", "0", "--products", str(rows), "--max-page-size", "1000"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        url = None
        for line in serve.stdout:
            found = re.search(r"http://[0-9.]+:\d+", line)
            if found:
                url = found[0]
                break
        try:
            for path, flags in [("products-cursor", []), ("products-limit-offset", ["-j", "16"])]:
                command = [binary, "pages", "walk", f"{url}/api/{path}/", "--page-size", "1000", *flags]
                tell(f"{rows:,} {path} {' '.join(flags)}", measure(command, 1))
        finally:
            serve.terminate()
            serve.wait()


async def slow_pages(ready, pages, body_bytes, before_s, rate, cursor):
    """A server that waits before each answer, or sends each body at so many bytes a second."""
    filler = "x" * 300
    rows = max(1, body_bytes // 320)

    def body(page, host):
        items = ",".join(f'{{"id":{page * rows + index},"text":"{filler}"}}' for index in range(rows))
        following = "null"
        if page + 1 < pages:
            name = f"cursor=opaque{page + 1}" if cursor else f"page={page + 2}"
            following = f'"http://{host}/p/?{name}"'
        count = "" if cursor else f'"count":{rows * pages},'
        return f'{{{count}"next":{following},"previous":null,"results":[{items}]}}'.encode()

    async def answer(reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                host = re.search(r"(?i)host: *(\S+)", head)[1]
                cut = re.search(r"(?:page=|opaque)(\d+)", head.split("\r\n")[0])
                page = (int(cut[1]) - (0 if cursor else 1)) if cut else 0
                text = body(page, host)
                await asyncio.sleep(before_s)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(text))
                if rate:
                    step = max(1, rate // 50)
                    for start in range(0, len(text), step):
                        writer.write(text[start : start + step])
                        await writer.drain()
                        await asyncio.sleep(0.02)
                else:
                    writer.write(text)
                    await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    ready.put(server.sockets[0].getsockname()[1])
    async with server:
        await server.serve_forever()


def with_slow_pages(use, *options):
    ready = multiprocessing.Queue()
    run = lambda: asyncio.run(slow_pages(ready, *options))
    server = multiprocessing.Process(target=run, daemon=True)
    server.start()
    try:
        use(f"http://127.0.0.1:{ready.get()}/p/")
    finally:
        server.terminate()
        server.join()


def latency(binary):
    print("Latency: 400 pages, 20 ms before each answer")

    def use(url):
        walk = [binary, "pages", "walk", url]
        one = measure([*walk, "-j", "1"], 1)
        tell("-j 1", one)
        for way in ["16", "auto"]:
            many = measure([*walk, "-j", way], 3)
            tell(f"-j {way}", many)
            print(f"  {one[1] / many[1]:.1f} times the pages a second")

    with_slow_pages(use, 400, 3_200, 0.02, 0, False)


def bandwidth(binary):
    print("Bandwidth: cursors, 20 pages of 320 kB, 400 kB/s a connection")

    def use(url):
        walk = [binary, "pages", "walk", url]
        whole = measure([*walk, "-j", "1"], 1)
        tell("whole page first (-j 1)", whole)
        early = measure(walk, 1)
        tell("next request from the first bytes", early)
        print(f"  {early[1] / whole[1]:.2f} of the time")

    with_slow_pages(use, 20, 320_000, 0, 400_000, True)


def main():
    binary, *names = sys.argv[1:]
    benches = {"cpu": cpu, "memory": memory, "latency": latency, "bandwidth": bandwidth}
    for name in names or benches:
        benches[name](os.path.abspath(binary))


if __name__ == "__main__":
    main()
