"""HTTP as a client speaks it: over TCP or a Unix socket, one connection a request."""

import http.client
import json
import socket
import time
from dataclasses import dataclass, field


class UnixConnection(http.client.HTTPConnection):
    """An HTTP connection to a socket in the file system."""

    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


@dataclass
class Answer:
    """What came back, and how long it took."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def text(self):
        return self.body.decode()

    def json(self):
        return json.loads(self.body)


@dataclass
class Client:
    """Asks one daemon; `token` goes with every request that names no other."""

    address: str  # http://127.0.0.1:8080 or unix:/path
    token: str = None
    timeout: float = 30
    headers: dict = field(default_factory=dict)

    def with_token(self, token):
        return Client(self.address, token, self.timeout, self.headers)

    def connection(self):
        if self.address.startswith("unix:"):
            return UnixConnection(self.address[5:], self.timeout)
        return http.client.HTTPConnection(self.address.split("//")[1], timeout=self.timeout)

    def request(self, method, path, body=None, **headers):
        """Header names are written with _ for -."""
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self.token is not None:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        connection = self.connection()
        begin = time.monotonic()
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            content = response.read()
            return Answer(response.status, response.headers, content, time.monotonic() - begin)
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.request("GET", path, **headers)

    def put_json(self, path, delivery, **headers):
        """Delivers a value or bytes as JSON."""
        body = delivery if isinstance(delivery, bytes) else json.dumps(delivery).encode()
        return self.request("PUT", path, body, Content_Type="application/json", **headers)

    def answers(self, path="/healthz"):
        """Whether somebody answers there with 200."""
        try:
            return self.get(path).status == 200
        except (OSError, http.client.HTTPException):
            return False
