#!/usr/bin/env python3
"""CPU seconds of `apictl pages walk` beside its peers, on the same pages from the same server in the same run.

    python3 benches/pages.py target/release/apictl [ROWS] [PAGE_SIZE]

The server of pre-rendered pages is in this file. Peers: a python-requests loop that parses each page and writes each
item (needs `requests`), and a curl that reads one page per request and throws it away, if there is one. Figures are
user + system seconds of the client's whole process, the best of three runs, and the peak resident set.
"""

import asyncio
import multiprocessing
import os
import shutil
import subprocess
import sys
import time

PEER = """
import json, sys, requests
session, url = requests.Session(), sys.argv[1]
with open("/dev/null", "w") as out:
    while url:
        page = session.get(url).json()
        for row in page["results"]:
            out.write(json.dumps(row) + "\\n")
        url = page["next"]
"""

DISCARD = """
import http.client, sys
connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
buffer = bytearray(1 << 16)
for page in range(1, int(sys.argv[2]) + 1):
    connection.request("GET", f"/p/?page={page}")
    reply = connection.getresponse()
    while reply.readinto(buffer):
        pass
"""


def row(number):
    return (
        '{"id":%d,"sku":"SKU-%08d","name":"Product number %d","description":"%s","price":"%d.%02d","rating":%.1f,'
        '"in_stock":true,"category":"garden","tags":["a","b"],"created":"2026-01-01T00:01:00Z","owner":{"id":%d}}'
        % (number, number, number, "lorem ipsum dolor " * 5, number % 500, number % 100, number % 50 / 10, number % 9)
    )


def serve(rows, size, ready):
    pages = rows // size
    items = ",".join(row(10_000_000 + index) for index in range(size))

    async def answer(reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode()
                page = int(path.split("page=")[1].split("&")[0]) if "page=" in path else 1
                host = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"host:"))[5:].strip().decode()
                following = f'"http://{host}/p/?page={page + 1}"' if page < pages else "null"
                body = f'{{"count":{rows},"next":{following},"previous":null,"results":[{items}]}}'.encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body))
                writer.write(body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main():
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        ready.put(server.sockets[0].getsockname()[1])
        async with server:
            await server.serve_forever()

    asyncio.run(main())


def measure(command):
    best = None
    for _ in range(3):
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        if status != 0:
            sys.exit(f"failed: {command[:3]}")
        cpu = usage.ru_utime + usage.ru_stime
        if best is None or cpu < best[0]:
            best = (cpu, wall, usage.ru_maxrss / 1024)
    return best


def main():
    binary = sys.argv[1]
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000
    ready = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(rows, size, ready), daemon=True)
    server.start()
    port = ready.get()
    url = f"http://127.0.0.1:{port}/p/"
    walk = [binary, "pages", "walk", url]
    contenders = [
        ("apictl", walk),
        ("apictl -j 1", [*walk, "-j", "1"]),
        ("apictl -j 16", [*walk, "-j", "16"]),
        ("apictl -o FILE", [*walk, "-o", f"/dev/shm/apictl-bench-{os.getpid()}"]),
        ("python, read and discard", [sys.executable, "-c", DISCARD, str(port), str(rows // size)]),
        ("python-requests", [sys.executable, "-c", PEER, url]),
    ]
    if shutil.which("curl"):
        pages = f"{url}?page=[1-{rows // size}]"
        contenders.insert(4, ("curl, read and discard", ["curl", "-s", "-o", "/dev/null", pages]))
    base = None
    print(f"{rows} items, {size} a page")
    for name, command in contenders:
        cpu, wall, memory = measure(command)
        base = base or cpu
        print(f"{name:26} {cpu:7.2f} s CPU  {wall:7.2f} s wall  {memory:7.1f} MiB  {cpu / base:6.2f}x")
    server.terminate()
    leftover = f"/dev/shm/apictl-bench-{os.getpid()}"
    if os.path.exists(leftover):
        os.remove(leftover)


if __name__ == "__main__":
    main()
