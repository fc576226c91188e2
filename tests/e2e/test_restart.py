"""What is on the log is what is answered: after a restart, and at every instance."""

from daemon import READY_SECONDS, SLOWNESS
from examples import PEILDATA, deliver, deliver_all, delivery_path, example, with_sick_days
from polling import until

READS = (
    "/v1/monitors", "/v1/monitors/gi", "/v1/organisaties", "/v1/regios",
    "/v1/monitors/gi/reeksen", "/v1/monitors/gi/reeksen?niveau=organisatie",
    "/v1/monitors/gi/reeksen?niveau=regio", "/v1/monitors/gi/tabellen/ontwikkeling",
    "/v1/monitors/gi/tabellen/ontwikkeling?formaat=csv",
    "/v1/monitors/gi/tabellen/ontwikkeling?formaat=md",
    "/v1/monitors/gi/peildata/2024-10-01/aanleveringen",
    "/v1/monitors/gi/peildata/2024-10-01/aanleveringen?formaat=csv",
    delivery_path("2024-10-01", "jb-noord") + "/revisies",
    delivery_path("2024-10-01", "jb-noord") + "/revisies/1",
    *(delivery_path(peildatum, "jb-noord") for peildatum in PEILDATA[-2:]),
)


def figures(client):
    """The lines of /metrics that say something of the figures, not of the daemon."""
    lines = client.get("/metrics").text.splitlines()
    return [line for line in lines if line.startswith(("gi_", "# HELP gi_", "# TYPE gi_"))]


def everything(client):
    """All that is answered, byte for byte, with the tag it has."""
    answers = {}
    for path in READS:
        answer = client.get(path)
        assert answer.status == 200, (path, answer.text)
        answers[path] = (answer.body, answer.headers["ETag"])
    return answers, figures(client)


def test_after_a_restart_of_gimon_every_answer_is_the_same(workshop):
    gimon = workshop.gimon().start()
    deliver_all(gimon.client(workshop.token("gi")), PEILDATA[-2:])
    before = everything(gimon.client(workshop.token("analist")))
    assert gimon.stop() == 0
    gimon.start()
    assert everything(gimon.client(workshop.token("analist"))) == before


def test_after_a_restart_of_redis_every_answer_is_the_same_and_delivering_works(workshop):
    redis = workshop.redis().start()
    gimon = workshop.gimon(redis=redis.address).start()
    gi, analyst = gimon.client(workshop.token("gi")), gimon.client(workshop.token("analist"))
    deliver_all(gi, PEILDATA[-2:])
    before = everything(analyst)
    redis.stop()
    assert everything(analyst) == before
    redis.start()
    again = until(lambda: taken(deliver(gi)), 30, "a delivery is taken again")
    assert again.json()["uitkomst"] == "ongewijzigd"
    assert everything(analyst) == before


def taken(answer):
    return answer if answer.status in (200, 201) else None


def test_a_delivery_at_one_instance_is_visible_at_the_other_within_a_second(workshop):
    redis = workshop.redis().start()
    one = workshop.gimon("one", redis=redis.address).start().client(workshop.token("gi"))
    two = workshop.gimon("two", redis=redis.address).start().client(workshop.token("gi"))
    for days in (101, 202, 303):
        answer = deliver(one, delivery=with_sick_days(example(), days))
        assert answer.status in (200, 201)
        tag = answer.headers["ETag"]
        until(lambda: two.get(delivery_path("2024-10-01", "jb-noord")).headers["ETag"] == tag, SLOWNESS,
              "the other instance shows the revision")


def test_two_instances_give_identical_answers_and_figures(workshop):
    redis = workshop.redis().start()
    one, two = (workshop.gimon(name, redis=redis.address).start() for name in ("one", "two"))
    deliver_all(one.client(workshop.token("gi")), PEILDATA[-2:])
    last = deliver(two.client(workshop.token("gi")),
                   delivery=with_sick_days(example(), 1234)).headers["ETag"]
    analysts = [daemon.client(workshop.token("analist")) for daemon in (one, two)]
    until(lambda: analysts[0].get(READS[-1]).headers["ETag"] == last, 30, "both know the last delivery")
    assert everything(analysts[0]) == everything(analysts[1])
    assert figures(analysts[0])


def test_two_instances_that_start_together_put_the_definitions_on_the_log_once(workshop):
    redis = workshop.redis().start()
    daemons = [workshop.gimon(name, redis=redis.address).start(ready=False) for name in ("one", "two")]
    for daemon in daemons:
        until(daemon.is_ready, READY_SECONDS, "it is ready")
    contents = [fields["sha256"] for _, fields in redis.log() if fields["soort"] == "definitie"]
    assert len(set(contents)) == 1 and len(contents) <= 2
    assert daemons[0].stop() == 0
    daemons[0].start()
    assert [fields["sha256"] for _, fields in redis.log() if fields["soort"] == "definitie"] == contents
