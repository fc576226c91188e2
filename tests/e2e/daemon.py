"""The real gimon in a private folder: configured, started, asked, stopped and held to its manners."""

import os
import re
import signal
import subprocess
from pathlib import Path

from http_client import Client
from polling import until

ROOT = Path(__file__).resolve().parents[2]
BINARY = ROOT / os.environ.get("GIMON_BINARY", "build/asan/gimon")
CONF = ROOT / "conf"
SANITIZER = re.compile(r"Sanitizer|runtime error:")
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIMON_")},
    "ASAN_OPTIONS": "detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1:exitcode=86",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
}
# Patience with something that must come, and comes late only on a machine with other things to do.
READY_SECONDS = 60
# What a limit in seconds becomes for a build that checks every step of itself.
SLOWNESS = 5 if "asan" in BINARY.parts else 1


def run(*words, environment=None, seconds=60):
    """Runs the program once; fails if a sanitizer had anything to say."""
    done = subprocess.run([str(BINARY), *map(str, words)], env={**ENVIRONMENT, **(environment or {})},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds,
                          check=False)
    assert not SANITIZER.search(done.stderr), done.stderr
    return done


class Gimon:
    """One daemon. `redis` is an address, a YAML map, or None for a private server of its own."""

    def __init__(self, folder, redis=None, listen="127.0.0.1:0", definitions=CONF, options="",
                 openness="landelijk"):
        self.folder = folder
        self.config = folder / "gimon.yaml"
        self.data = folder / "data"
        self.stderr = folder / "stderr.txt"
        self.process = None
        self.exit_code = None
        self.started_at = 0
        self.openness = openness
        self.write_config(redis, listen, definitions, options)

    def write_config(self, redis=None, listen="127.0.0.1:0", definitions=CONF, options=""):
        self.listen = listen
        place = f'{{adres: "{redis}"}}' if redis else "{lokaal: ./data}"
        place = redis if redis and redis.startswith("{") else place
        self.config.write_text(
            f'luister: "{listen}"\nredis: {place}\ndefinities: {definitions}\n'
            f"toegang: ./toegang.yaml\nopenbaar: {self.openness}\n{options}", encoding="utf-8")

    def words(self):
        return [str(BINARY), "serve", "--config", str(self.config)]

    def launch(self, words, environment=None, descriptors=()):
        self.started_at = self.stderr.stat().st_size if self.stderr.exists() else 0
        self.exit_code = None
        with open(self.stderr, "ab") as errors:
            self.process = subprocess.Popen(
                words, stderr=errors, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/",
                env={**ENVIRONMENT, **(environment or {})}, pass_fds=descriptors)

    def start(self, environment=None, ready=True):
        """Starts it, and waits until it is ready unless told not to."""
        self.launch(self.words(), environment)
        if ready:
            until(self.is_ready, READY_SECONDS, lambda: f"gimon is ready; it said:\n{self.said()}")
        return self

    def start_with_socket(self, listening):
        """As a service manager with a socket unit does: the socket is descriptor 3."""
        number = listening.fileno()
        script = f'exec 3<&{number} {number}<&-; LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'
        if number == 3:
            script = 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'
        self.launch(["bash", "-c", script, "bash", *self.words()], descriptors=(number,))

    def said(self):
        """Standard error since the last start."""
        return self.stderr.read_bytes()[self.started_at:].decode(errors="replace")

    def address(self):
        """Where it listens, once it has said so; else None."""
        if self.listen.startswith("unix:"):
            return self.listen
        found = re.search(r"http://127\.0\.0\.1:[1-9]\d*", self.said())
        return found.group() if found else None

    def client(self, token=None):
        return Client(until(self.address, READY_SECONDS, "gimon says where it listens"), token)

    def is_ready(self):
        assert self.process.poll() is None, f"gimon ended: {self.said()}"
        return self.address() and Client(self.address()).answers("/readyz")

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        """SIGTERM; gives the exit code."""
        if self.process is not None:
            self.signal(signal.SIGTERM)
            self.exit_code = self.process.wait(READY_SECONDS)
            self.process = None
        return self.exit_code

    def kill(self):
        """SIGKILL: nothing is put in order."""
        self.process.kill()
        self.process.wait(READY_SECONDS)
        self.process = None

    def resident_kib(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))
