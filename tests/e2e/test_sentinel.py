"""Redis with sentinels: the master falls, another takes its place, and nothing is lost in silence."""

import re
import time
from collections import namedtuple

import pytest

from crowd import (PROMPT, Deliverer, Reader, assert_answers_newest, confirmed, confirmed_by,
                   each_confirms_more, end_all)
from daemon import READY_SECONDS as PATIENCE
from daemon import ROOT, SLOWNESS, run
from examples import deliver, delivery_path, example, with_sick_days
from polling import until
from sentinel import MASTER, ScriptedSentinel, Sentinel, place

Watched = namedtuple("Watched", "master replica sentinel")
QUICK = ("--repl-diskless-sync-delay", "0", "--repl-timeout", "5")


@pytest.fixture
def watched(workshop):
    """A master with a replica that follows it, and a sentinel that knows both."""
    master = workshop.redis("master", workshop.port(), QUICK).start()
    replica = workshop.redis("replica", workshop.port(),
                             (*QUICK, "--replicaof", "127.0.0.1", str(master.port))).start()
    folder = workshop.folder / "sentinel"
    folder.mkdir()
    sentinel = workshop.keep(Sentinel(folder, workshop.port(), master.port)).start()
    sentinel.await_replica()
    # A replica counts as online a while before its master feeds it.
    master.call("SET", "fed", "yes")
    until(lambda: replica.call("GET", "fed") == b"yes", PATIENCE, "the replica is fed")
    return Watched(master, replica, sentinel)


@pytest.fixture
def gimon(workshop, watched):
    """The first sentinel is dead, the second has a name."""
    return workshop.gimon(redis=place(f"127.0.0.1:{workshop.port()}",
                                      f"localhost:{watched.sentinel.port}")).start()


@pytest.fixture
def client(gimon, workshop):
    return gimon.client(workshop.token("gi"))


def regressions(client):
    found = re.search(r"^gimon_log_regressions_total(?:\{[^}]*\})? (\d+)", client.get("/metrics").text,
                      re.MULTILINE)
    return int(found.group(1))


def await_promotion(watched):
    until(lambda: watched.sentinel.port_of_master() == watched.replica.port, PATIENCE, "the replica is promoted")


def taken_again(client, days):
    """Delivers until it is taken: the answer."""
    delivery = with_sick_days(example(), days)
    return until(lambda: confirmed(deliver(client, delivery=delivery)), PATIENCE, "a delivery is taken again")


def test_a_failover_under_twenty_clients_goes_on_or_is_said(watched, gimon, client):
    deliverers = [Deliverer(client, number) for number in range(20)]
    reader = Reader(gimon.client())
    for thread in (*deliverers, reader):
        thread.start()
    each_confirms_more(deliverers)
    watched.master.kill()
    await_promotion(watched)
    promoted = time.monotonic()
    each_confirms_more(deliverers)
    assert time.monotonic() - promoted < 5 * SLOWNESS, "gimon follows soon after the sentinel has decided"
    end_all([*deliverers, reader])
    log = watched.replica.log()
    stored = {(name, fields["sha256"]) for name, fields in log}
    lost = [pair for pair in confirmed_by(deliverers) if pair not in stored]
    assert bool(regressions(client)) or not lost, "what was lost is noticed"
    assert not lost or "the log has gone backwards" in gimon.said()
    assert_answers_newest(client, log)
    done = run("verify", "--config", gimon.config)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_new_master_never_had_is_noticed(watched, gimon, client):
    assert deliver(client, organisation="jb-noord").status == 201
    until(lambda: len(watched.replica.log()) == 2, PATIENCE, "definitions and delivery are replicated")
    # The replica is cut off and cannot come back: its master takes no password.
    watched.replica.call("CONFIG", "SET", "masterauth", "x")
    watched.master.call("CLIENT", "KILL", "TYPE", "replica")
    assert deliver(client, organisation="rbv").status == 201
    watched.master.kill()
    await_promotion(watched)
    until(lambda: client.get(delivery_path("2024-10-01", "rbv")).status == 404, PATIENCE,
          "what is lost is no longer shown")
    assert client.get(delivery_path("2024-10-01", "jb-noord")).status == 200
    assert regressions(client) == 1
    assert "the log has gone backwards" in gimon.said()
    again = until(lambda: confirmed(deliver(client, organisation="rbv")), PATIENCE, "it is delivered again")
    assert again.status == 201


def test_a_failover_that_is_asked_for_loses_nothing(watched, gimon, client):
    """The old master lives on and takes writes, and its clients are not cut off for some seconds."""
    first = deliver(client).json()
    watched.sentinel.call("SENTINEL", "FAILOVER", MASTER)
    await_promotion(watched)
    until(lambda: f"connection=follow redis=127.0.0.1:{watched.replica.port}" in gimon.said(), PATIENCE,
          "gimon moves by itself")
    assert watched.master.call("ROLE")[0] == b"master"
    second = taken_again(client, 42).json()
    assert second["revisie"] == 2
    assert [name for name, _ in watched.replica.log()[-2:]] == [first["kenmerk"], second["kenmerk"]]
    assert regressions(client) == 0
    assert gimon.stop() == 0


def test_only_a_master_is_taken_from_a_sentinel(workshop):
    master = workshop.redis("master", workshop.port(), QUICK).start()
    replica = workshop.redis("replica", workshop.port(),
                             (*QUICK, "--replicaof", "127.0.0.1", str(master.port))).start()
    until(lambda: replica.call("ROLE")[3] == b"connected", PATIENCE, "the replica follows")
    sentinel = workshop.keep(ScriptedSentinel(replica.port))
    gimon = workshop.gimon(redis=place(sentinel.address)).start(ready=False)
    client = gimon.client(workshop.token("gi"))
    until(lambda: "is not the master" in gimon.said(), PATIENCE, "it is said")
    assert client.get("/readyz").status == 503
    done = run("verify", "--config", gimon.config)
    assert done.returncode == 3 and "is not the master" in done.stderr
    sentinel.names = (b"localhost", master.port)
    until(gimon.is_ready, PATIENCE, "the master is taken, by its name")
    assert deliver(client).status == 201
    assert run("verify", "--config", gimon.config).returncode == 0


def test_a_master_that_is_demoted_is_left(workshop):
    """Without a sentinel that cuts its clients off: what it refuses tells."""
    old = workshop.redis("old", workshop.port(), QUICK).start()
    new = workshop.redis("new", workshop.port(), (*QUICK, "--replicaof", "127.0.0.1", str(old.port))).start()
    sentinel = workshop.keep(ScriptedSentinel(old.port))
    gimon = workshop.gimon(redis=place(sentinel.address)).start()
    client = gimon.client(workshop.token("gi"))
    assert deliver(client).status == 201
    until(lambda: len(new.log()) == 2, PATIENCE, "it is replicated")
    new.call("REPLICAOF", "NO", "ONE")
    old.call("REPLICAOF", "127.0.0.1", new.port)
    refused = deliver(client, delivery=with_sick_days(example(), 51))
    assert (refused.status, refused.seconds < PROMPT) == (503, True)
    until(lambda: re.search(r"no connection to Redis.*reason=.*replica", gimon.said()), PATIENCE, "it is said")
    sentinel.names = (b"127.0.0.1", new.port)
    assert taken_again(client, 52).status == 200
    assert len(new.log()) == 3
    assert regressions(client) == 0


def test_without_a_sentinel_one_line_says_who_said_what(workshop):
    gimon = workshop.gimon(redis=place(f"127.0.0.1:{workshop.port()}")).start(ready=False)
    said = re.compile(rf"no connection to Redis.*connection=append.*no sentinel names the master {MASTER}; the "
                      r"last, 127\.0\.0\.1:\d+, said: Connection refused")
    until(lambda: said.search(gimon.said()), PATIENCE, "it is said")
    assert gimon.client().get("/healthz").status == 200
    assert len(said.findall(gimon.said())) == 1
    done = run("verify", "--config", gimon.config)
    assert done.returncode == 3 and "a sentinel is not reached at 127.0.0.1:" in done.stderr


def test_users_of_redis_and_sentinel_need_what_the_guide_says(workshop):
    guide = (ROOT / "docs" / "beheer.md").read_text(encoding="utf-8")
    rules, = re.findall(r"^    user gimon on >PASSWORD (.*)$", guide, re.MULTILINE)
    watcher, = re.findall(r"need no more than `(\+auth [^`]*)` for ours", guide)
    master = workshop.redis("master", workshop.port()).start()
    master.call("ACL", "SETUSER", "gimon", "on", ">geheim", *rules.split())
    folder = workshop.folder / "sentinel"
    folder.mkdir()
    sentinel = workshop.keep(Sentinel(folder, workshop.port(), master.port,
                                      f"user wacht on >woord -@all {watcher}\n")).start()
    sentinel.call("ACL", "SETUSER", "default", "-@all", "+ping")
    gimon = workshop.gimon(redis=place(
        f"127.0.0.1:{sentinel.port}", more=", gebruiker: gimon, wachtwoordBestand: ./redis, "
        "sentinelGebruiker: wacht, sentinelWachtwoordBestand: ./sentinel"))
    (gimon.folder / "redis").write_text("geheim\n", encoding="utf-8")
    (gimon.folder / "sentinel").write_text("anders\n", encoding="utf-8")
    gimon.start(ready=False)
    until(lambda: "WRONGPASS" in gimon.said(), PATIENCE, "the password is wrong, and that is said")
    gimon.stop()
    (gimon.folder / "sentinel").write_text("woord\n", encoding="utf-8")
    gimon.start(ready=False)
    until(lambda: "NOPERM" in gimon.said() and "role" in gimon.said(), PATIENCE, "ROLE is missed")
    master.call("ACL", "SETUSER", "gimon", "+role")
    until(gimon.is_ready, PATIENCE, "it is ready by itself")
    assert deliver(gimon.client(workshop.token("gi"))).status == 201
    assert run("verify", "--config", gimon.config).returncode == 0
    for secret in ("geheim", "woord"):
        assert f"{secret}" not in re.sub(r"wachtwoord", "", gimon.said())
