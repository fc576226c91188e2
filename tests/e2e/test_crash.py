"""Nothing that was confirmed is lost, and nothing hangs, whoever is killed."""

import json
import os
import re
import signal
import socket
import threading
import time

from crowd import (FIGURES, PROMPT, Deliverer, Reader, assert_all_there, assert_answers_newest, confirmed,
                   each_confirms_more, each_is_refused_since, end_all)
from daemon import READY_SECONDS
from examples import deliver, delivery_path, example, with_sick_days
from polling import until
from redis_server import log_of
from workshop import processes_in


def test_redis_killed_under_twenty_clients_loses_nothing_and_hangs_nobody(workshop):
    redis = workshop.redis().start()
    gimon = workshop.gimon(redis=redis.address).start()
    client = gimon.client(workshop.token("gi"))
    deliverers = [Deliverer(client, number) for number in range(20)]
    reader = Reader(gimon.client())
    for thread in (*deliverers, reader):
        thread.start()
    each_confirms_more(deliverers)
    for _ in range(2):
        killed = time.monotonic()
        redis.kill()
        each_is_refused_since(deliverers, killed)
        reads = reader.count
        until(lambda: reader.count > reads, PROMPT, "reading goes on")
        redis.start()
        each_confirms_more(deliverers)
    end_all([*deliverers, reader])
    assert_all_there(deliverers, redis.log())
    assert_answers_newest(client, redis.log())


def test_gimon_killed_under_twenty_clients_loses_nothing(workshop):
    address = f"unix:{workshop.folder}/http.sock"
    gimon = workshop.gimon(listen=address).start()
    client = gimon.client(workshop.token("gi"))
    deliverers = [Deliverer(client, number) for number in range(20)]
    for thread in deliverers:
        thread.start()
    each_confirms_more(deliverers)
    for _ in range(2):
        gimon.kill()
        gimon.start()
        each_confirms_more(deliverers)
    end_all(deliverers)
    log = log_of(gimon.data / "redis.sock")
    assert_all_there(deliverers, log)
    assert_answers_newest(client, log)


def redis_servers(gimon):
    return [pid for pid, name in processes_in(gimon.data).items() if name.startswith("redis-server")]


def test_gimon_killed_and_started_at_once_has_one_redis_on_the_file(workshop):
    gimon = workshop.gimon().start()
    client = gimon.client(workshop.token("gi"))
    first = deliver(client).json()
    most = 1
    for _ in range(3):
        gimon.kill()
        gimon.start(ready=False)

        def ready():
            nonlocal most
            most = max(most, len(redis_servers(gimon)))
            return gimon.is_ready()

        until(ready, READY_SECONDS, "gimon is ready again")
    # It may be ready by the Redis of before while that one is being replaced.
    again = until(lambda: confirmed(deliver(gimon.client(workshop.token("gi")))), 30,
                  "a delivery is taken").json()
    assert (again["uitkomst"], again["kenmerk"]) == ("ongewijzigd", first["kenmerk"])
    until(lambda: len(redis_servers(gimon)) == 1, 30, "one Redis runs")
    assert most == 1


def test_a_private_redis_that_dies_is_started_again(workshop):
    gimon = workshop.gimon().start()
    client = gimon.client(workshop.token("gi"))
    assert deliver(client).status == 201
    before = redis_servers(gimon)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    until(lambda: deliver(client, delivery=with_sick_days(example(), 77)).status == 200, 30,
          "a delivery is taken again")
    assert redis_servers(gimon) != before


def test_a_log_that_lost_its_tail_is_noticed_and_folded_anew(workshop):
    redis = workshop.redis().start()
    gimon = workshop.gimon(redis=redis.address).start()
    client = gimon.client(workshop.token("gi"))
    assert deliver(client, organisation="jb-noord").status == 201
    redis.keep_copy("older")
    assert deliver(client, organisation="rbv").status == 201
    redis.kill()
    redis.restore_copy("older")
    redis.start()
    until(lambda: client.get(delivery_path("2024-10-01", "rbv")).status == 404, 30,
          "the lost delivery is no longer shown")
    assert client.get(delivery_path("2024-10-01", "jb-noord")).status == 200
    metrics = client.get("/metrics").text
    assert re.search(r"^gimon_log_regressions_total(\{[^}]*\})? [1-9]", metrics, re.MULTILINE)
    assert re.search(r"level=error|<3>|error", gimon.said()), gimon.said()
    again = until(lambda: confirmed(deliver(client, organisation="rbv")), 30, "delivering works again")
    assert again.status == 201


def test_without_redis_it_listens_says_503_and_works_once_redis_is_there(workshop):
    with socket.socket() as held:  # bound and not listening: connecting is refused
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        gimon = workshop.gimon(redis=f"127.0.0.1:{port}").start(ready=False)
        client = gimon.client(workshop.token("gi"))
        until(lambda: client.answers("/healthz"), 30, "it listens")
        for method, path in (("GET", "/readyz"), ("GET", FIGURES), ("GET", "/v1/monitors"),
                             ("PUT", delivery_path("2024-10-01", "jb-noord"))):
            answer = client.request(method, path, b"{}" if method == "PUT" else None)
            assert answer.status == 503 and answer.seconds < PROMPT, path
            assert int(answer.headers["Retry-After"]) > 0
        tried = re.compile(r"refused", re.IGNORECASE)
        until(lambda: tried.search(gimon.said()), 30, "the refusal is noticed and said")
    redis = workshop.redis(port=port).start()
    until(gimon.is_ready, READY_SECONDS, "it is ready by itself")
    assert deliver(client).status == 201
    assert len(redis.log()) == 2  # the definitions and this delivery


def test_stopping_answers_what_is_in_flight(workshop):
    redis = workshop.redis().start()
    gimon = workshop.gimon(redis=redis.address).start()
    client = gimon.client(workshop.token("gi"))
    assert deliver(client).status == 201
    redis.pause()
    connection = client.connection()
    connection.request("PUT", delivery_path("2024-10-01", "jb-noord"),
                       json.dumps(with_sick_days(example(), 5)),
                       {"Content-Type": "application/json", "Authorization": f"Bearer {client.token}"})
    assert client.answers(), "whoever asks later is answered, so the delivery has been read"
    stopping = threading.Thread(target=gimon.stop)
    stopping.start()
    redis.resume()
    response = connection.getresponse()
    body = response.read()
    stopping.join(READY_SECONDS)
    assert gimon.exit_code == 0
    assert response.status in (200, 503)
    if response.status == 200:
        assert json.loads(body)["sha256"] in [fields["sha256"] for _, fields in redis.log()]
