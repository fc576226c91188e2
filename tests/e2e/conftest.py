"""Fixtures: each test has its own folder, daemon and store; nothing is shared but read-only answers."""

import tempfile
from collections import namedtuple
from pathlib import Path

import pytest

from daemon import CONF, run
from examples import ORGANISATIONS, OTHERS, deliver_all, deliver_others
from own_definitions import copy_definitions
from workshop import Workshop

Access = namedtuple("Access", "file tokens")


def pytest_configure(config):
    config.addinivalue_line("markers", "long: the counts that acceptance names; ./dev test --long")


@pytest.fixture(scope="session")
def access():
    """Tokens made by `gimon token new`: for all GIs, for one, for all others, and for each other role."""
    with tempfile.TemporaryDirectory(prefix="gimon-") as folder:
        config = Path(folder) / "gimon.yaml"
        config.write_text(f"luister: 127.0.0.1:0\nredis: {{lokaal: ./data}}\ndefinities: {CONF}\n"
                          "toegang: ./toegang.yaml\n", encoding="utf-8")
        every = [word for name in ORGANISATIONS for word in ("--organisatie", name)]
        others = [word for name in sorted({name for _, _, name in OTHERS})
                  for word in ("--organisatie", name)]
        wanted = {"gi": ["--role", "gi", *every],
                  "jb-noord": ["--role", "gi", "--organisatie", "jb-noord"],
                  "anderen": ["--role", "gi", *others],
                  "analist": ["--role", "analist"], "beheer": ["--role", "beheer"]}
        tokens = {}
        for name, words in wanted.items():
            done = run("token", "new", "--config", config, "--name", f"test {name}", *words)
            assert done.returncode == 0, done.stderr
            tokens[name] = done.stdout.strip()
        yield Access(Path(folder) / "toegang.yaml", tokens)


@pytest.fixture
def workshop(access):
    """A private folder to start daemons and servers in."""
    shop = Workshop(access)
    yield shop
    shop.close()


@pytest.fixture
def gimon(workshop):
    """A ready daemon with a private Redis of its own, and no deliveries."""
    return workshop.gimon().start()


@pytest.fixture
def own_conf(workshop):
    """A copy of the definitions that a test may change or spoil."""
    return copy_definitions(workshop.folder)


@pytest.fixture
def gi(gimon, workshop):
    """A client of that daemon which may deliver for every organisation."""
    return gimon.client(workshop.token("gi"))


@pytest.fixture(scope="module")
def letter(access):
    """A client (no token) of a daemon that holds every example. For reading only."""
    shop = Workshop(access)
    daemon = shop.gimon().start()
    deliver_all(daemon.client(shop.token("gi")))
    deliver_others(daemon.client(shop.token("anderen")))
    yield daemon.client()
    shop.close()


@pytest.fixture(scope="module")
def analyst(letter, access):
    """The same daemon, asked by an analyst."""
    return letter.with_token(access.tokens["analist"])
