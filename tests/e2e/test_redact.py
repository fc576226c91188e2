"""gimon redact: a name that stood in a text is gone everywhere, and everything else is as it was."""

import json
import threading

import pytest

from chain import fields_digest, heads, sha256
from daemon import run
from examples import ORGANISATIONS, deliver, delivery_path, example, with_sick_days
from polling import until

NAME = "Jan Jansen"
PATH = delivery_path("2024-10-01", "jb-noord")


def named(text=f"Sinds 1 juli zonder {NAME}"):
    delivery = example()
    delivery["toelichtingen"] = {**delivery.get("toelichtingen", {}), "algemeen": text}
    return delivery


def without_texts(delivery):
    return {key: value for key, value in delivery.items() if key != "toelichtingen"}


def redact(gimon, *words, reason="er stond een naam in"):
    return run("redact", *words, "--config", gimon.config, "--monitor", "gi", "--reason", reason)


def verify(gimon, *words):
    return run("verify", "--config", gimon.config, *words)


def leftovers(redis):
    """Keys that are no monitor's log."""
    return [key for key in redis.call("KEYS", "*") if not key.endswith(b"}:log")]


@pytest.fixture
def redis(workshop):
    return workshop.redis().start()


@pytest.fixture
def gimon(workshop, redis):
    return workshop.gimon(redis=redis.address).start()


@pytest.fixture
def gi(gimon, workshop):
    return gimon.client(workshop.token("gi"))


def on_disk(redis):
    return b"".join(file.read_bytes() for file in (redis.folder / "appendonlydir").iterdir())


def test_the_texts_are_gone_and_all_else_stays(gimon, gi, redis, workshop, tmp_path):
    other = workshop.gimon("b", redis=redis.address).start().client(workshop.token("analist"))
    answer = deliver(gi, delivery=named())
    receipt = answer.json()
    assert answer.status == 201 and NAME in gi.get(PATH).text
    assert deliver(gi, organisation="jb-west").status == 201
    assert NAME.encode() in on_disk(redis)
    before, figures = redis.log(), without_texts(gi.get(PATH).json())

    done = redact(gimon, receipt["kenmerk"])
    assert done.returncode == 0
    line, = done.stderr.splitlines()
    assert line.startswith("audit time=") and " action=redact " in line and " result=accepted " in line
    assert f'object="record {receipt["kenmerk"]} of gi"' in line and NAME not in line
    assert f"record {receipt['kenmerk']}: its free texts are taken out" in done.stdout

    # the log: the same ids and heads, one record more
    after = redis.log()
    assert [name for name, _ in after[:-1]] == [name for name, _ in before]
    assert heads(after)[before[-1][0]] == heads(before)[before[-1][0]]
    said = json.loads(after[-1][1]["inhoud"])
    assert after[-1][1]["soort"] == "geredigeerd" and said["kenmerk"] == receipt["kenmerk"]
    assert NAME not in json.dumps(after) and NAME.encode() not in on_disk(redis)
    assert leftovers(redis) == []
    assert after[-1][1]["door"].startswith("gimon redact")

    # what is read back, at both; the figures are the same
    for client in (gi, other):
        until(lambda: NAME not in client.get(PATH).text, 30, "the text is gone")
        assert client.get(PATH).json() == figures
        assert client.get(PATH).headers["ETag"] == '"1"'
    assert verify(gimon).returncode == 0
    file = tmp_path / "ontvangst.json"
    file.write_bytes(answer.body)
    done = verify(gimon, "--receipt", file)
    assert done.returncode == 0 and "its free texts were taken out later" in done.stdout
    done = run("verify", "--receipt", file, "--url", gimon.address(),
               environment={"GIMON_TOKEN": workshop.token("analist")})
    assert done.returncode == 0 and f"taken out later, by record {after[-1][0]}" in done.stdout


def test_running_instances_do_not_stumble_over_it(gimon, gi, redis, workshop):
    """Also when the record that they folded last is the one that is redacted."""
    other = workshop.gimon("b", redis=redis.address).start()
    kenmerk = deliver(gi, delivery=named()).json()["kenmerk"]
    assert redact(gimon, kenmerk).returncode == 0
    for daemon in (gimon, other):
        client = daemon.client(workshop.token("gi"))
        until(lambda: NAME not in client.get(PATH).text, 30, "the text is gone")
        assert deliver(client, delivery=with_sick_days(example(), 3)).status == 200
        metric = client.with_token(workshop.token("beheer")).get("/metrics").text
        assert "\ngimon_log_entries" in metric
        for word in ("backwards", "contradicts", "without its texts"):
            assert word not in daemon.said()
    assert verify(gimon).returncode == 0


def test_after_a_restart_all_is_the_same(gimon, gi, workshop):
    """Also the number of each revision: sent twice, sent bare, sent anew, and then redacted."""
    kenmerk = deliver(gi, delivery=named()).json()["kenmerk"]
    assert deliver(gi, delivery=named()).json()["uitkomst"] == "ongewijzigd"
    assert deliver(gi, delivery=without_texts(named())).json()["revisie"] == 2
    assert deliver(gi, delivery=with_sick_days(named(), 12)).json()["revisie"] == 3
    assert redact(gimon, kenmerk).returncode == 0
    analyst = gimon.client(workshop.token("analist"))
    before = [analyst.get(path).body for path in (PATH, "/v1/monitors/gi/reeksen")]
    assert gimon.stop() == 0
    gimon.start()
    analyst = gimon.client(workshop.token("analist"))
    assert [analyst.get(path).body for path in (PATH, "/v1/monitors/gi/reeksen")] == before
    for word in ("backwards", "contradicts", "without its texts"):
        assert word not in gimon.said()


def test_sending_again_is_still_safe(gimon, gi):
    """The original does not put the name back, and what is read can be sent."""
    receipt = deliver(gi, delivery=named()).json()
    assert redact(gimon, receipt["kenmerk"]).returncode == 0
    until(lambda: NAME not in gi.get(PATH).text, 30, "the text is gone")
    table = gi.get(PATH, Accept="text/csv")
    for again in (deliver(gi, delivery=named()), deliver(gi, delivery=gi.get(PATH).body),
                  gi.request("PUT", PATH, table.body, Content_Type=table.headers["Content-Type"])):
        assert again.status == 200
        assert {key: again.json()[key] for key in ("uitkomst", "revisie", "sha256", "kenmerk", "keten")} == {
            **{key: receipt[key] for key in ("revisie", "sha256", "kenmerk", "keten")},
            "uitkomst": "ongewijzigd"}
    assert again.json()["geredigeerd"]
    other = deliver(gi, delivery=named("Sinds 1 juli anders"))
    assert (other.status, other.json()["revisie"]) == (200, 2)


def test_reasons_in_findings_go_too(gimon, gi, redis):
    assert deliver(gi, "2024-04-01").status == 201
    delivery = example()
    delivery["cijfers"]["clienten"]["jeugdbescherming"] *= 3
    delivery.pop("regios", None)
    delivery["toelichtingen"] = {"sprong": f"Wegens {NAME}"}
    answer = deliver(gi, delivery=delivery)
    assert answer.status == 201 and NAME in json.dumps(answer.json()["bevindingen"])
    assert redact(gimon, answer.json()["kenmerk"]).returncode == 0
    until(lambda: NAME not in gi.get(PATH).text, 30, "the text is gone")
    trial = gi.request("POST", f"{PATH}/_controleer", gi.get(PATH).body, Content_Type="application/json").json()
    assert (trial["aanvaardbaar"], trial["uitkomst"]) == (True, "ongewijzigd")
    again = deliver(gi, delivery=gi.get(PATH).body)
    assert trial["bevindingen"] == again.json()["bevindingen"]
    assert again.json()["uitkomst"] == "ongewijzigd" and NAME not in again.text
    assert [finding["code"] for finding in again.json()["bevindingen"]] == [
        finding["code"] for finding in answer.json()["bevindingen"]]
    assert NAME not in json.dumps(redis.log())


def test_other_records_with_the_same_words_are_named(gimon, gi):
    first = deliver(gi, delivery=named()).json()["kenmerk"]
    second = deliver(gi, delivery=with_sick_days(named(), 8)).json()["kenmerk"]
    third = deliver(gi, delivery=with_sick_days(example(), 9)).json()["kenmerk"]
    done = redact(gimon, first)
    assert f"record {second}: the same words stand here too" in done.stdout
    assert f"record {third}: the same" not in done.stdout
    assert "the same words" not in redact(gimon, second).stdout
    assert verify(gimon).returncode == 0


def test_what_is_refused(gimon, gi, redis):
    kenmerk = deliver(gi, delivery=named()).json()["kenmerk"]
    bare = deliver(gi, delivery=without_texts(example())).json()["kenmerk"]
    definition = redis.log()[0][0]
    assert redact(gimon, kenmerk).returncode == 0
    before = redis.log()
    for name, hint in ((kenmerk, "redacted already"), (bare, "has no free texts"), ("1-0", "no such record"),
                       (definition, "have no free texts")):
        done = redact(gimon, name)
        assert done.returncode == 1 and hint in done.stderr and done.stdout == ""
        assert " action=redact " in done.stderr and " result=refused " in done.stderr
    assert redis.log() == before and leftovers(redis) == []


@pytest.mark.parametrize("words", [
    (), ("een", "--monitor", "gi", "--reason", "x"), ("1-0", "--reason", "x"), ("1-0", "--monitor", "gi"),
    ("1-0", "--monitor", "gi", "--reason", " "), ("1-0", "2-0", "--monitor", "gi", "--reason", "x"),
    ("1-0", "--monitor", "gi", "--reason", 1001 * "x"),
])
def test_words_that_make_no_sense(words):
    done = run("redact", *words)
    assert done.returncode == 2 and done.stdout == "" and "redact" in done.stderr


def test_without_redis_nothing_is_done(gimon, gi, redis):
    kenmerk = deliver(gi, delivery=named()).json()["kenmerk"]
    redis.stop()
    assert redact(gimon, kenmerk).returncode == 3


def test_a_redaction_of_a_redaction(gimon, gi, redis):
    """The reason is a free text too."""
    kenmerk = deliver(gi, delivery=named()).json()["kenmerk"]
    assert redact(gimon, kenmerk, reason=f"er stond {NAME}").returncode == 0
    assert redact(gimon, redis.log()[-1][0], reason="een naam in de reden").returncode == 0
    assert NAME not in json.dumps(redis.log()) and NAME.encode() not in on_disk(redis)
    assert verify(gimon).returncode == 0
    assert gimon.stop() == 0
    gimon.start()
    assert "contradicts" not in gimon.said() and "without its texts" not in gimon.said()


def test_what_an_earlier_run_left_behind_goes(gimon, gi, redis):
    kenmerk = deliver(gi, delivery=named()).json()["kenmerk"]
    redis.call("SET", "gimon:{gi}:redactie", "afgebroken")
    redis.call("XADD", "gimon:{gi}:redactie:afgebroken", "*", "inhoud", NAME)
    assert redact(gimon, kenmerk).returncode == 0
    assert leftovers(redis) == []


def test_deliveries_go_on_while_it_is_done(gimon, redis, workshop):
    """Nothing that was confirmed is lost, nothing is confirmed twice, at two instances; who waits too
    long on a busy machine is told that it is unknown, never something else."""
    other = workshop.gimon("b", redis=redis.address).start()
    clients = [daemon.client(workshop.token("gi")) for daemon in (gimon, other)]
    kenmerken = [deliver(clients[0], organisation=name, delivery=named_for(name)).json()["kenmerk"]
                 for name in ORGANISATIONS[:4]]
    ended, confirmed, refused = threading.Event(), [], []

    def go_on(client, name):
        days = 0
        while not ended.is_set():
            days += 1
            answer = deliver(client, organisation=name,
                             delivery=with_sick_days(example(organisation=name), days))
            (confirmed if answer.status in (200, 201) else refused).append(answer.json())

    threads = [threading.Thread(target=go_on, args=(client, name))
               for client, name in zip(clients, ORGANISATIONS[5:])]
    for thread in threads:
        thread.start()
    done = [redact(gimon, kenmerk) for kenmerk in kenmerken]
    until(lambda: len(confirmed) > 20, 60, "enough has been delivered")
    ended.set()
    for thread in threads:
        thread.join()
    assert [one.returncode for one in done] == [0, 0, 0, 0], [one.stderr for one in done]
    assert {answer["type"] for answer in refused} <= {"/problemen/onbekend-of-bewaard"}
    entries = redis.log()
    kept = heads(entries)
    assert all(kept.get(receipt["kenmerk"]) == receipt["keten"] for receipt in confirmed)
    assert NAME not in json.dumps(entries)
    assert verify(gimon).returncode == 0
    for daemon in (gimon, other):
        assert "backwards" not in daemon.said() and "contradicts" not in daemon.said()


def named_for(organisation):
    return {**example(organisation=organisation), "toelichtingen": {"algemeen": f"{NAME} van {organisation}"}}


def test_the_words_of_an_analyst_go_too(gimon, gi, redis, workshop):
    analyst = gimon.client(workshop.token("analist"))
    assert deliver(gi).status == 201
    remark = {"opmerking": f"{NAME} belde", "revisie": 1}
    path = f"{PATH}/opmerkingen"
    answer = analyst.request("POST", path, json.dumps(remark).encode(), Content_Type="application/json")
    assert answer.status == 201, answer.text
    kenmerk = answer.json()["kenmerk"]
    assert redact(gimon, kenmerk).returncode == 0
    response = "/v1/monitors/gi/peildata/2024-10-01/aanleveringen"
    until(lambda: NAME not in analyst.get(response).text, 30, "the remark is gone")
    assert NAME not in json.dumps(redis.log()) and verify(gimon).returncode == 0
    again = analyst.request("POST", path, json.dumps(remark).encode(), Content_Type="application/json")
    assert (again.status, again.json()["kenmerk"]) == (200, kenmerk)
    assert again.json()["geredigeerd"] == redis.log()[-1][0] and NAME not in again.text


# ---- what somebody may do to a redacted log ----

def alter(redis, name, change):
    """Puts the log in place anew, with one record changed."""
    redis.put_log([(other, change(fields) if other == name else fields)
                   for other, fields in redis.log()])


@pytest.fixture
def redacted(gimon, gi, redis):
    """(id of a redacted record, what it was, with three records behind it); gimon has stopped."""
    kenmerk = deliver(gi, delivery=named()).json()["kenmerk"]
    was = dict(redis.log())[kenmerk]
    assert redact(gimon, kenmerk).returncode == 0
    for days in (1, 2):
        assert deliver(gi, delivery=with_sick_days(example(), days)).status == 200
    assert gimon.stop() == 0
    return kenmerk, was


def test_texts_that_are_put_back_are_found(gimon, redis, redacted):
    kenmerk, was = redacted
    alter(redis, kenmerk, lambda _: was)
    done = verify(gimon)
    assert done.returncode == 1
    assert f"record {kenmerk}: it was redacted and its texts are back" in done.stdout


def test_figures_that_are_altered_behind_the_digest_are_found(gimon, redis, redacted):
    kenmerk, _ = redacted
    alter(redis, kenmerk, lambda fields: {**fields, "inhoud": fields["inhoud"].replace(
        '"ziektedagen":', '"ziektedagen":9')})
    done = verify(gimon)
    assert done.returncode == 1
    assert f"record {kenmerk}: what was left of it when it was redacted was altered" in done.stdout
    gimon.start()
    assert "contradicts the chain" in gimon.said()


def test_a_stand_in_that_nobody_vouches_for_is_found(gimon, gi, redis):
    """Who alters a record and hides it behind its own digest."""
    kenmerk = deliver(gi).json()["kenmerk"]
    assert deliver(gi, delivery=with_sick_days(example(), 3)).status == 200
    assert gimon.stop() == 0
    alter(redis, kenmerk, hidden)
    done = verify(gimon)
    assert done.returncode == 1
    assert f"record {kenmerk}: it stands without its texts and no `geredigeerd` record vouches" in done.stdout
    gimon.start()
    assert f"record={kenmerk}" in gimon.said() and "vouches" in gimon.said()


def hidden(fields):
    content = fields["inhoud"].replace('"ziektedagen":', '"ziektedagen":9')
    return {**fields, "inhoud": content, "sha256": sha256(content),
            "geredigeerd": fields_digest(fields).hex()}
