"""A TCP port for a server that cannot tell which one the kernel chose for it."""

import socket


class HeldPort:
    """A port chosen by the kernel and kept: bound, with SO_REUSEADDR, and never listening.

    Linux lets a second socket with SO_REUSEADDR bind a port while no other listens on it, and Redis sets
    that option: so a server may take the port, end, and take it again. The kernel gives it to nobody who
    asks for any port, and to no outgoing connection, as long as it is held. Without a server on it a
    connection is refused.
    """

    def __init__(self):
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", 0))
        self.number = self.socket.getsockname()[1]

    def close(self):
        self.socket.close()
