"""A redis-server of our own on a Unix socket (or a port), and enough of its protocol to look inside."""

import os
import shutil
import signal
import socket
import subprocess

from polling import until


class RedisServer:
    """Append-only file, every write synced: what gimon asks of a Redis that is not its own."""

    def __init__(self, folder, port=0, words=()):
        self.folder = folder
        self.words = words  # more of its command line
        self.socket = folder / "redis.sock"
        self.port = port
        self.address = f"127.0.0.1:{port}" if port else f"unix:{self.socket}"
        self.process = None
        folder.mkdir(exist_ok=True)

    def command(self):
        return ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1",
                "--unixsocket", str(self.socket), "--dir", str(self.folder), "--save", "",
                "--appendonly", "yes", "--appendfsync", "always", *self.words]

    def start(self):
        with open(self.folder / "redis.log", "ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log)
        until(self.answers, 60, "Redis answers")
        return self

    def answers(self):
        try:
            return self.call("PING") == b"PONG"
        except (OSError, EOFError, RuntimeError):
            return False

    def end(self, how):
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(60)
            self.process = None

    def stop(self):
        self.end(signal.SIGTERM)

    def kill(self):
        self.end(signal.SIGKILL)

    def pause(self):
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self):
        os.kill(self.process.pid, signal.SIGCONT)

    def keep_copy(self, name):
        """Copies the append-only files aside, as a backup would."""
        shutil.copytree(self.folder / "appendonlydir", self.folder / name)

    def restore_copy(self, name):
        shutil.rmtree(self.folder / "appendonlydir")
        shutil.copytree(self.folder / name, self.folder / "appendonlydir")

    def call(self, *words):
        return call(self.socket, *words)

    def milliseconds(self):
        """Its clock, as the ids of records have it."""
        seconds, microseconds = map(int, self.call("TIME"))
        return seconds * 1000 + microseconds // 1000

    def log(self):
        return log_of(self.socket)

    def put_log(self, entries):
        """Puts entries in the place of the log of monitor gi, in one stroke.

        An instance that found the log gone would begin a new one at once.
        """
        self.call("DEL", "log in the making")
        for name, fields in entries:
            self.call("XADD", "log in the making", name,
                      *(word for pair in fields.items() for word in pair))
        self.call("RENAME", "log in the making", "gimon:{gi}:log")


def call(path, *words):
    """One command over a socket: bytes, a number, a list or None."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(30)
        link.connect(str(path))
        parts = [str(word).encode() for word in words]
        link.sendall(b"*%d\r\n" % len(parts) + b"".join(
            b"$%d\r\n%s\r\n" % (len(part), part) for part in parts))
        with link.makefile("rb") as stream:
            return read_reply(stream)


def read_reply(stream):
    line = stream.readline()
    if not line.endswith(b"\r\n"):
        raise EOFError("Redis hung up")
    kind, rest = line[:1], line[1:-2]
    if kind == b"-":
        raise RuntimeError(rest.decode())
    if kind == b"+":
        return rest
    number = int(rest)
    if kind == b":" or number < 0:
        return number if kind == b":" else None
    if kind == b"$":
        return stream.read(number + 2)[:-2]
    return [read_reply(stream) for _ in range(number)]


def log_of(path):
    """The log of monitor gi, oldest first: (id, {field: value}), as text."""
    entries = call(path, "XRANGE", "gimon:{gi}:log", "-", "+")
    return [(name.decode(), dict(zip(*[iter(field.decode() for field in fields)] * 2)))
            for name, fields in entries]
