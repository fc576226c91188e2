"""A Redis that has a name: looked up at every connect, never waited for, and said when it is not there."""

import re

from crowd import PROMPT
from daemon import READY_SECONDS as PATIENCE
from daemon import run
from examples import deliver
from polling import until


def test_a_redis_is_reached_by_its_name_as_soon_as_it_is_there(workshop):
    port = workshop.port()
    gimon = workshop.gimon(redis=f"localhost:{port}").start(ready=False)
    client = gimon.client(workshop.token("gi"))
    assert deliver(client).status == 503
    redis = workshop.redis(port=port).start()
    until(gimon.is_ready, PATIENCE, "it is ready by itself")
    assert deliver(client).status == 201
    redis.kill()
    until(lambda: deliver(client).status == 503, PATIENCE, "Redis is missed")
    redis.start()
    again = until(lambda: (answer := deliver(client)).status == 200 and answer, PATIENCE, "it is found again")
    assert again.json()["uitkomst"] == "ongewijzigd"


def test_tools_find_it_by_its_name_too(workshop):
    port = workshop.port()
    redis = workshop.redis(port=port).start()
    gimon = workshop.gimon(redis=f"localhost:{port}").start()
    assert deliver(gimon.client(workshop.token("gi"))).status == 201
    assert run("check", "--config", gimon.config).returncode == 0
    done = run("verify", "--config", gimon.config)
    assert done.returncode == 0, done.stderr
    redis.kill()
    done = run("verify", "--config", gimon.config)
    assert done.returncode == 3
    assert f"Redis is not reached at 127.0.0.1:{port}: Connection refused" in done.stderr


def test_a_name_that_nobody_has_is_one_line_and_holds_nothing_up(workshop):
    # RFC 6761, 6.4: there is no name below .invalid.
    gimon = workshop.gimon(redis="redis.invalid:6379").start(ready=False)
    client = gimon.client(workshop.token("gi"))
    assert run("check", "--config", gimon.config).returncode == 0
    said = re.compile(r"no connection to Redis.*connection=append.*reason=the name redis\.invalid cannot be "
                      r"looked up: ")
    until(lambda: said.search(gimon.said()), PATIENCE, "it is said")
    for path, status in (("/healthz", 200), ("/readyz", 503), ("/v1/monitors", 503)):
        answer = client.get(path)
        assert (answer.status, answer.seconds < PROMPT) == (status, True)
    assert len(said.findall(gimon.said())) == 1
    done = run("verify", "--config", gimon.config)
    assert done.returncode == 3 and "the name redis.invalid cannot be looked up" in done.stderr
