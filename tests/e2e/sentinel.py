"""Redis Sentinel: a real one, and one that says what the test wants."""

import socketserver
import threading

from polling import until
from redis_server import RedisServer

MASTER = "gimon"
CONFIG = """
port {port}
bind 127.0.0.1
unixsocket {folder}/redis.sock
dir {folder}
sentinel monitor {name} 127.0.0.1 {master} 1
sentinel down-after-milliseconds {name} {down}
sentinel failover-timeout {name} 4000
"""


def place(*addresses, more=""):
    """`redis:` of a configuration with these sentinels."""
    return "{sentinels: [" + ", ".join(f'"{address}"' for address in addresses) + f"], meester: {MASTER}{more}}}"


class Sentinel(RedisServer):
    """One real sentinel, which decides alone; a failover is a matter of seconds."""

    def __init__(self, folder, port, master, more=""):
        super().__init__(folder, port)
        (folder / "sentinel.conf").write_text(
            CONFIG.format(port=port, folder=folder, name=MASTER, master=master, down=400) + more,
            encoding="utf-8")

    def command(self):
        return ["redis-server", str(self.folder / "sentinel.conf"), "--sentinel"]

    def port_of_master(self):
        return int(self.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER)[1])

    def knows_replica(self):
        """Whether it would have somebody to promote."""
        for flat in self.call("SENTINEL", "REPLICAS", MASTER):
            facts = dict(zip(flat[::2], flat[1::2]))
            if facts[b"flags"] == b"slave" and facts[b"master-link-status"] == b"ok":
                return True
        return False

    def await_replica(self):
        until(self.knows_replica, 60, "the sentinel knows a replica that follows")


class Handler(socketserver.StreamRequestHandler):
    """Answers each command with what the script says at that moment."""

    def handle(self):
        while self.rfile.readline().startswith(b"*"):
            for _ in range(3):  # SENTINEL GET-MASTER-ADDR-BY-NAME name
                self.rfile.readline()
                self.rfile.readline()
            host, port = self.server.names
            self.wfile.write(b"*2\r\n$%d\r\n%s\r\n$%d\r\n%d\r\n" % (len(host), host, len(str(port)), port))


class ScriptedSentinel(socketserver.ThreadingTCPServer):
    """Names a Redis by host and port, right or wrong."""

    daemon_threads = True

    def __init__(self, port, host=b"127.0.0.1"):
        super().__init__(("127.0.0.1", 0), Handler)
        self.names = (host, port)
        self.address = f"127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def kill(self):
        self.shutdown()
        self.server_close()
