"""A copy of the private Redis, taken as docs/beheer.md says while deliveries go on, is a whole log."""

import shutil

from examples import ORGANISATIONS, deliver, delivery_path, example, with_sick_days
from polling import until
from redis_server import call


def test_a_copy_taken_while_it_runs_starts_another_daemon(gi, gimon, workshop):
    for organisation in ORGANISATIONS:
        assert deliver(gi, organisation=organisation).status == 201
    socket = gimon.data / "redis.sock"
    call(socket, "CONFIG", "SET", "auto-aof-rewrite-percentage", "0")
    until(lambda: b"aof_rewrite_in_progress:0" in call(socket, "INFO", "persistence"), 30, "no rewrite")
    other = workshop.gimon("b")
    shutil.copytree(gimon.data / "appendonlydir", other.data / "appendonlydir")
    call(socket, "CONFIG", "SET", "auto-aof-rewrite-percentage", "100")
    assert deliver(gi, delivery=with_sick_days(example(), 700)).status == 200

    client = other.start().client(workshop.token("gi"))
    for organisation in ORGANISATIONS:
        path = delivery_path("2024-10-01", organisation)
        assert client.get(path).headers["ETag"] == '"1"'
    here = delivery_path("2024-10-01", "jb-west")
    assert client.get(here).body == gi.get(here).body
    assert deliver(client, organisation="jb-west").json()["uitkomst"] == "ongewijzigd"
