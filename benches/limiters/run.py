#!/usr/bin/env python3
"""How often `apictl throttle probe` identifies real limiters from outside.

    python3 benches/limiters/run.py BINARY [--seed N] [--kinds a,b] [--seconds 120] [--side-by-side 16] [--out DIR] [--list] [--check]

Starts each limiter of kinds.py on a free loopback port, with parameters drawn from the seed, probes it, and compares the
answer with what the limiter is known to do. DIR gets a line of JSON for each (results.ndjson) and each trace. `--check`
asks no binary: it counts what a burst gets from each limiter, as a check of the truths. Python's, Node's and Rust's
packages go below target/limiters/; nginx, HAProxy, Apache, Varnish, Redis, memcached, Ruby, PHP, Perl, Java and Go are the
distribution's (README.md names the packages), and what needs a program that is not there is left out, and said to be.
"""

import argparse
import concurrent.futures
import hashlib
import http.client
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import kinds
import score

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILT = os.path.join(ROOT, "target/limiters")
TESTS = os.path.join(ROOT, "tests/limiters")


def made_once(name, sources, make):
    """A folder that is made anew when one of these files changes."""
    sources = [source for source in sources if os.path.isfile(source)]
    key = hashlib.sha256(b"".join(open(source, "rb").read() for source in sources)).hexdigest()[:12]
    folder = f"{BUILT}/{name}-{key}"
    if not os.path.exists(f"{folder}/made"):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        make(folder)
        open(f"{folder}/made", "w").close()
    return folder


def python():
    """An interpreter with the packages."""
    wanted = f"{HERE}/python/requirements.txt"

    def make(folder):
        subprocess.run([sys.executable, "-m", "venv", f"{folder}/venv"], check=True)
        subprocess.run([f"{folder}/venv/bin/pip", "install", "-q", "-r", wanted], check=True)

    return made_once("python", [wanted, f"{TESTS}/python/requirements.txt"], make) + "/venv/bin/python"


def node():
    """A folder with both sets of scripts beside their packages."""
    scripts = [os.path.join(folder, name) for folder in (f"{TESTS}/node", f"{HERE}/node") for name in sorted(os.listdir(folder))]

    def make(folder):
        for script in scripts:
            if os.path.isfile(script):
                shutil.copy(script, folder)
        command = ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(command, cwd=folder, check=True)

    return made_once("node", scripts, make)


def rust():
    environment = {**os.environ, "CARGO_TARGET_DIR": f"{BUILT}/rust"}
    command = ["cargo", "build", "--release", "--locked", "-q", "--manifest-path", f"{HERE}/rust/Cargo.toml"]
    subprocess.run(command, env=environment, check=True)
    return f"{BUILT}/rust/release/limiters"


def go():
    """Debian's packages of Go are sources below /usr/share/gocode."""
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": f"{BUILT}/go-cache"}
    make = lambda folder: subprocess.run(  # noqa: E731
        ["go", "build", "-o", f"{folder}/limiters", f"{HERE}/go/main.go"], env=environment, check=True
    )
    return made_once("go", [f"{HERE}/go/main.go"], make) + "/limiters"


#: Debian's, one for each library.
JARS = "guava servlet-api jakarta-annotation-api tomcat10-embed-core " + " ".join(
    f"jetty9-{name}" for name in "server servlet servlets util http io security".split()
)


def java():
    """Debian's packages of Java are below /usr/share/java."""
    jars = ":".join(f"/usr/share/java/{name}.jar" for name in JARS.split())
    source = f"{HERE}/java/Limiters.java"
    make = lambda folder: subprocess.run(["javac", "-cp", jars, "-d", folder, source], check=True)  # noqa: E731
    return f"{made_once('java', [source], make)}:{jars}"


RUNTIMES = {".py": python, ".mjs": node, "rust": rust, "go": go, "java": java, ".rb": lambda: "ruby"}


def runtime(command):
    return os.path.splitext(command[0])[1] or command[0]


def start(command, made):
    """The command line of a limiter, and the folder it runs in."""
    kind, first, rest = runtime(command), command[0], command[1:]
    if kind == ".py":
        own = f"{HERE}/python/{first}"
        return [made[kind], own if os.path.exists(own) else f"{TESTS}/python/{first}", *rest], f"{TESTS}/python"
    if kind == ".mjs":
        return ["node", first, *rest], made[kind]
    if kind == "java":
        # Small and quick to start: many of them run side by side.
        return ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp", made[kind], "Limiters", *rest], HERE
    if kind == ".rb":
        return ["ruby", f"{HERE}/ruby/{first}", *rest], HERE
    return [made[kind], *rest], HERE


class Server:
    """A running limiter. It ends when its standard input does, or by its id."""

    def __init__(self, command, made):
        line, folder = start(command, made)
        self.errors = tempfile.TemporaryFile()
        environment = {**os.environ, "PYTHONPATH": f"{TESTS}/python", "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            line, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors
        )
        ready = self.process.stdout.readline().decode().split()
        if len(ready) != 2 or ready[0] != "ready":
            self.errors.seek(0)
            raise RuntimeError(f"{' '.join(command)} did not start: {self.errors.read().decode()[-600:]}")
        self.port = int(ready[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def probe(binary, each, made, given, number):
    """A configuration with its answer and the verdicts about it."""
    trace = f"{given.out}/traces/{number:03}-{each['kind'].replace('/', ' ').replace(' ', '-').replace(',', '')}.trace"
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="apictl-home-") as home, Server(each["command"], made) as server:
        command = [binary, "throttle", "probe", f"http://127.0.0.1:{server.port}/", "--format", "json", "--yes"]
        command += ["--max-time", f"{given.seconds}s", "--trace", trace]
        environment = {"HOME": home, "PATH": os.environ["PATH"]}
        done = subprocess.run(command, capture_output=True, env=environment, stdin=subprocess.DEVNULL)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = {"verdict": f"exit {done.returncode}", "error": done.stderr.decode()[-600:]}
    return {
        "seed": given.seed, "kind": each["kind"], "command": each["command"], "truth": each["truth"], "answer": answer,
        "verdicts": score.judge(answer, each["truth"]), "trace": trace, "took_s": round(time.monotonic() - started, 1),
    }


def burst(port, most):
    """How many of so many requests on one connection after another were let in before the first that was not."""
    connection, admitted = http.client.HTTPConnection("127.0.0.1", port, timeout=20), 0
    for _ in range(most):
        connection.request("GET", "/")
        reply = connection.getresponse()
        reply.read()
        if reply.status >= 400:
            break
        admitted += 1
    return admitted


def check(each, made):
    """Whether a burst gets what the truth says; `None` where a burst does not tell."""
    tells = all("burst" in limit or "limit" in limit for limit in each["truth"]) and each["truth"]
    if not tells or any(limit.get("enforcers", 1) > 1 or limit["algorithm"] == "leaky_queue" for limit in each["truth"]):
        return None
    figures = [limit.get("limit") or limit["burst"] for limit in each["truth"]]
    least = min(max(figure) if isinstance(figure, list) else figure for figure in figures)
    # What a clock's window or a refill may add while the burst lasts.
    with Server(each["command"], made) as server:
        started = time.monotonic()
        admitted = burst(server.port, 2 * least + 60)
        took = time.monotonic() - started
    clocked = any(limit["algorithm"] in ("fixed_window_aligned", "sliding_window_counter") for limit in each["truth"])
    window = min((limit["window_s"] for limit in each["truth"] if "window_s" in limit), default=1e9)
    rate = max((limit["rate_per_s"] for limit in each["truth"] if "rate_per_s" in limit), default=0)
    spare = least if clocked or took > window else rate * (took + 1)
    return least <= admitted <= least + spare, least, admitted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--kinds", default="")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--side-by-side", type=int, default=16)
    parser.add_argument("--out", default="")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    names = [name.strip() for name in given.kinds.split(",") if name.strip()]
    wanted = list(kinds.configurations(given.seed, names))
    if given.list:
        for each in wanted:
            print(f"{each['kind']}: {' '.join(each['command'])} is {score.words(each['truth'])}")
        return
    if not given.binary and not given.check:
        parser.error("which binary?")
    binary = given.binary and os.path.abspath(given.binary)
    given.out = os.path.abspath(given.out or f"{BUILT}/seed{given.seed}")
    os.makedirs(f"{given.out}/traces", exist_ok=True)
    made, writing, left_out = {}, threading.Lock(), []
    for kind in sorted({runtime(each["command"]) for each in wanted}):
        try:
            made[kind] = RUNTIMES[kind]()
        except (OSError, subprocess.CalledProcessError) as error:
            left_out.append(f"all of {kind}: {error}")
    # Neighbours of one kind would keep step.
    order = list(enumerate(wanted))
    random.Random(given.seed).shuffle(order)
    results = open(os.devnull if given.check else f"{given.out}/results.ndjson", "w")

    def one(entry):
        number, each = entry
        if runtime(each["command"]) not in made:
            return
        try:
            if given.check:
                said = check(each, made)
                if said and not said[0]:
                    print(f"{each['kind']}: {' '.join(each['command'])}: {said[2]} of {said[1]}", flush=True)
                return
            line = probe(binary, each, made, given, number)
        except (RuntimeError, OSError, http.client.HTTPException) as error:
            left_out.append(f"{each['kind']}: {' '.join(each['command'])}: {error}")
            return
        with writing:
            print(json.dumps(line), file=results, flush=True)

    with concurrent.futures.ThreadPoolExecutor(given.side_by_side) as pool:
        list(pool.map(one, order))
    results.close()
    for line in left_out:
        print(f"left out: {line}")
    if not given.check:
        lines = score.load(given.out)
        lines.sort(key=lambda line: line["trace"])
        score.table(lines)
        score.wrong(lines)


if __name__ == "__main__":
    main()
