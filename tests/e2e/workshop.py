"""A private folder in which a test starts what it needs, and which ends empty of processes."""

import os
import shutil
import signal
import tempfile
from pathlib import Path

from daemon import SANITIZER, Gimon
from ports import HeldPort
from redis_server import RedisServer


def processes_in(folder):
    """{pid: name} of everything that works in this folder or below it."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            place = os.readlink(entry / "cwd")
            name = (entry / "comm").read_text().strip()
        except OSError:
            continue  # it has ended meanwhile
        if Path(folder) in [Path(place), *Path(place).parents]:
            found[int(entry.name)] = name
    return found


class Workshop:
    """Makes daemons and Redis servers; close() stops them and says what was not as it should be."""

    def __init__(self, access):
        # A short path: the address of a Unix socket has room for about a hundred bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="gimon-"))
        self.access = access
        self.daemons = []
        self.servers = []
        self.ports = []

    def token(self, name):
        return self.access.tokens[name]

    def gimon(self, name="a", **options):
        """A daemon that has not been started, with the tokens of every test."""
        folder = self.folder / name
        folder.mkdir()
        shutil.copy(self.access.file, folder / "toegang.yaml")
        daemon = Gimon(folder, **options)
        self.daemons.append(daemon)
        return daemon

    def redis(self, name="redis", port=0, words=()):
        """A Redis that has not been started."""
        return self.keep(RedisServer(self.folder / name, port, words))

    def keep(self, server):
        """Has a server killed at the end."""
        self.servers.append(server)
        return server

    def port(self):
        """A port that is nobody else's until the end."""
        held = HeldPort()
        self.ports.append(held)
        return held.number

    def close(self):
        faults = []
        for daemon in self.daemons:
            running = daemon.process is not None
            if running and daemon.stop() != 0:
                faults.append(f"gimon ended with code {daemon.exit_code}:\n{daemon.said()}")
            text = daemon.stderr.read_text(errors="replace") if daemon.stderr.exists() else ""
            if SANITIZER.search(text):
                faults.append(text)
        for server in self.servers:
            server.kill()
        for held in self.ports:
            held.close()
        left = processes_in(self.folder)
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        if left:
            faults.append(f"still running: {left}")
        shutil.rmtree(self.folder, ignore_errors=True)
        assert not faults, "\n".join(faults)
