#!/usr/bin/python3
"""Measures gimon against what others do with the same bytes, as ratios within one run.

    ./dev bench [--seconds N] [--rounds N] [--clients N]

PUT: the whole way of a delivery (HTTP, parse, check, XADD, fold, receipt) against redis-benchmark doing
only the XADD of the same entry, and against webdis doing it over HTTP. All write to a Redis with
`appendfsync always` on a Unix socket, each to one of its own. /metrics: against nginx serving a file
with the same bytes, one worker.

Rounds are taken in turn, so that a busy machine slows all alike; a row shows the median. Nothing here
is a test: numbers depend on the machine, ratios a little less.
"""

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
os.environ.setdefault("GIMON_BINARY", "build/release/gimon")
sys.path.insert(0, str(ROOT / "tests" / "e2e"))

# These read GIMON_BINARY, so they come after it.
from daemon import Gimon, run  # noqa: E402
from examples import ORGANISATIONS, deliver_all, delivery_path, example_file  # noqa: E402
from polling import until  # noqa: E402
from redis_server import RedisServer  # noqa: E402

WHAT = ("2024-10-01", "jb-gelderland")


def free_port():
    """A port that was free a moment ago: webdis and nginx cannot be asked which they took."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Bench:
    """What runs during the measurements, in one folder."""

    def __init__(self, folder, options):
        self.folder = folder
        self.options = options
        self.stop_last = []

    def close(self):
        for stop in reversed(self.stop_last):
            stop()

    def redis(self, name):
        server = RedisServer(self.folder / name).start()
        self.stop_last.append(server.stop)
        return server

    def process(self, words, port):
        """Starts a server that will answer on this port."""
        log = open(self.folder / "others.log", "ab")
        server = subprocess.Popen(words, stdout=log, stderr=log, cwd=self.folder)
        self.stop_last.append(lambda: (server.terminate(), server.wait(10)))
        until(lambda: is_open(port), 10, f"{words[0]} listens")

    def gimon(self, redis):
        folder = self.folder / "gimon"
        folder.mkdir()
        daemon = Gimon(folder, redis=redis.address)
        every = [word for name in ORGANISATIONS for word in ("--organisatie", name)]
        tokens = []
        for words in (["--role", "gi", *every], ["--role", "analist"]):
            done = run("token", "new", "--config", daemon.config, "--name", words[1], *words)
            assert done.returncode == 0, done.stderr
            tokens.append(done.stdout.strip())
        self.stop_last.append(daemon.stop)
        return daemon.start(), tokens

    def wrk(self, url, script, *arguments):
        """Requests a second; every answer has to be 2xx or 3xx."""
        words = ["wrk", "-t1", f"-c{self.options.clients}", f"-d{self.options.seconds}s",
                 "-s", str(HERE / script), url, "--", *arguments]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        rate, bad = re.search(r"RESULT ([\d.]+) (\d+)", done.stdout).groups()
        assert int(bad) == 0, done.stdout
        return float(rate)

    def redis_benchmark(self, redis, count, *command):
        words = ["redis-benchmark", "-s", str(redis.socket), "-c", str(self.options.clients),
                 "-n", str(count), "--csv", *command]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        # The name of the row is the command as it is, quotes and all; seven numbers follow it.
        return float(done.stdout.splitlines()[-1].rsplit('","', 7)[1])

    def start_webdis(self, redis):
        port = free_port()
        config = self.folder / "webdis.json"
        config.write_text(json.dumps({
            "redis_host": str(redis.socket), "redis_port": 0, "http_host": "127.0.0.1",
            "http_port": port, "threads": 1, "pool_size": self.options.clients, "daemonize": False,
            "database": 0, "verbosity": 0, "http_max_request_size": 1 << 20,
            "logfile": str(self.folder / "webdis.log")}), encoding="utf-8")
        self.process(["webdis", str(config)], port)
        return f"http://127.0.0.1:{port}"

    def start_nginx(self, content, content_type):
        port, folder = free_port(), self.folder / "nginx"
        (folder / "www").mkdir(parents=True)
        (folder / "www" / "metrics").write_bytes(content)
        (folder / "nginx.conf").write_text(
            f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
            "events {}\n"
            f"http {{ access_log off; sendfile on; keepalive_requests 100000000;\n"
            f"  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;\n"
            f"  fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;\n"
            f'  default_type "{content_type}"; open_file_cache max=10;\n'
            f"  server {{ listen 127.0.0.1:{port}; root {folder}/www; }} }}\n", encoding="utf-8")
        if os.getuid() == 0:  # its worker is another user
            for path in (self.folder, folder, folder / "www"):
                path.chmod(0o755)
        self.process(["nginx", "-p", str(folder), "-e", f"{folder}/error.log", "-c",
                      f"{folder}/nginx.conf"], port)
        return f"http://127.0.0.1:{port}/metrics"


def in_turn(rounds, measures):
    """The median of each measure, taken round by round."""
    taken = {name: [] for name in measures}
    for number in range(rounds):
        for name, measure in measures.items():
            print(f"round {number + 1} of {rounds}: {name}", file=sys.stderr)
            taken[name].append(measure())
    return {name: statistics.median(values) for name, values in taken.items()}


def last_entry(redis):
    """The fields of the newest entry as a flat list."""
    fields = redis.log()[-1][1]
    return [text for pair in fields.items() for text in pair]


def webdis_request(url, entry):
    """XADD with the content last, as the body: (URL, body)."""
    at = entry.index("inhoud")
    rest = entry[:at] + entry[at + 2:]
    path = "/".join(quote(text, safe="") for text in ["XADD", "log", "*", *rest, "inhoud"])
    return f"{url}/{path}", entry[at + 1]


def measure_put(bench, daemon, token, redis):
    entry = last_entry(redis)
    alone, behind = bench.redis("redis-alone"), bench.redis("redis-webdis")
    url, body = webdis_request(bench.start_webdis(behind), entry)
    body_file = bench.folder / "body"
    body_file.write_text(body, encoding="utf-8")
    count = 20000 * bench.options.seconds
    rates = in_turn(bench.options.rounds, {
        "gimon PUT": lambda: bench.wrk(daemon.address() + delivery_path(*WHAT), "put.lua", token,
                                       str(example_file(*WHAT))),
        "redis-benchmark XADD": lambda: bench.redis_benchmark(alone, count, "XADD", "log", "*", *entry),
        "webdis XADD": lambda: bench.wrk(url, "fixed.lua", "PUT", str(body_file)),
    })
    stored = behind.call("XRANGE", "log", "-", "+", "COUNT", 1)[0][1]
    assert sorted(field.decode() for field in stored) == sorted(entry), "webdis stored the same"
    return sum(len(text.encode()) for text in entry), rates


def measure_metrics(bench, daemon, token):
    answer = daemon.client(token).get("/metrics")
    url = bench.start_nginx(answer.body, answer.headers["Content-Type"])
    bearer = ("GET", "Authorization", f"Bearer {token}")
    return len(answer.body), in_turn(bench.options.rounds, {
        "gimon /metrics": lambda: bench.wrk(daemon.address() + "/metrics", "fixed.lua", *bearer),
        "nginx, same bytes": lambda: bench.wrk(url, "fixed.lua", *bearer),
    })


def print_table(title, rates):
    ours = next(iter(rates.values()))
    print(f"\n{title}\n\n| what | per second | gimon / this |\n|---|---:|---:|")
    for name, rate in rates.items():
        print(f"| {name} | {rate:,.0f} | {ours / rate:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gimon-bench-") as folder:
        bench = Bench(Path(folder), options)
        try:
            redis = bench.redis("redis-gimon")
            daemon, (gi, analyst) = bench.gimon(redis)
            deliver_all(daemon.client(gi))
            # Figures first: putting makes a long log, and a page of metrics with it.
            size, reading = measure_metrics(bench, daemon, analyst)
            length, writing = measure_put(bench, daemon, gi, redis)
            cores = os.cpu_count()
            print(f"gimon {run('version').stdout.split()[-1]}, {options.clients} clients, {cores} cores, "
                  f"median of {options.rounds} x {options.seconds} s")
            print_table(f"A delivery ({length:,} bytes on the log, every write synced)", writing)
            print_table(f"/metrics ({size:,} bytes)", reading)
        finally:
            bench.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
