"""Thousands of random mutations of valid deliveries (see mutations.py): whatever is sent, nothing breaks.

Each is tried out and delivered. The answer is a clear yes or no, the same from both; what is refused is told
what is wrong, and what is accepted comes out again: JSON in the form that the contract says, made here anew;
CSV as CSV that changes nothing when it is delivered.
"""

import json
from collections import Counter

import pytest

from canonical import canonical
from examples import deliver_all, delivery_path
from mutations import CSV, JSON, PEILDATUM, mutation

SEED = "gimon"
SHORT, LONG = 5_000, 100_000
EARLY = 10_000
MOST_GROWTH_KIB = 2048
MOST_BYTES_KEPT = 12  # of memory for each byte of canonical delivery that became a revision


class Line:
    """One connection that is kept; opened again when the server ends it."""

    def __init__(self, client):
        self.client = client
        self.connection = client.connection()

    def ask(self, method, path, body=None, media=JSON):
        """(status, body) of the answer; `media` is of what is sent and of a GET's answer."""
        kind = "Accept" if method == "GET" else "Content-Type"
        headers = {"Authorization": f"Bearer {self.client.token}", kind: media}
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        return response.status, response.read()

    def close(self):
        self.connection.close()


def assert_refused(status, answer):
    """A refusal says what is wrong, where it can, and in words."""
    problem = json.loads(answer)
    assert status == 400 and problem["status"] == 400, answer
    assert problem["bevindingen"]
    for finding in problem["bevindingen"]:
        assert finding["code"] and finding["ernst"] and len(finding["melding"]) > 20, finding


def assert_kept(line, path, sent):
    """What was accepted comes out again, and nothing but that."""
    status, content = line.ask("GET", path, media=sent.media)
    assert status == 200
    if sent.media == JSON:
        assert content == canonical(sent.body), content
        return
    status, answer = line.ask("PUT", path, content, CSV)
    assert (status, json.loads(answer)["uitkomst"]) == (200, "ongewijzigd"), content


def try_and_deliver(line, path, sent):
    """400 or the outcome of a PUT, after a try-out that must have foreseen it."""
    status, answer = line.ask("POST", path + "/_controleer", sent.body, sent.media)
    assert status == 200, answer
    foreseen = json.loads(answer)
    status, answer = line.ask("PUT", path, sent.body, sent.media)
    if status in (200, 201):
        assert_kept(line, path, sent)
    else:
        assert_refused(status, answer)
    told = json.loads(answer)
    assert foreseen["aanvaardbaar"] == (status in (200, 201))
    if told.get("uitkomst") != "ongewijzigd":  # that answer repeats the receipt of then
        assert foreseen["bevindingen"] == told["bevindingen"]
    return status if status == 400 else told["uitkomst"]


def run_one(line, number, act):
    """Does one mutation; a failure says all that is needed to do it again."""
    sent = mutation(SEED, number)
    try:
        return act(line, delivery_path(PEILDATUM, sent.organisation), sent)
    except Exception as fault:
        raise AssertionError(f"`tests/e2e/mutations.py {SEED} {number}`, {sent.media} by {sent.organisation}:\n"
                             f"{sent.body!r}\n{fault!r}") from fault


def run_all(gimon, line, count, act):
    """(outcomes, resident KiB after EARLY, after all)."""
    outcomes, early = Counter(), 0
    for number in range(count):
        outcomes[run_one(line, number, act)] += 1
        if number == EARLY:
            early = gimon.resident_kib()
    return outcomes, early, gimon.resident_kib()


@pytest.fixture
def line(gimon, workshop):
    """To a daemon on which every example of the preceding peildatum stands, for the checks that compare."""
    client = gimon.client(workshop.token("gi"))
    deliver_all(client, ["2024-04-01", PEILDATUM])
    line = Line(client)
    yield line
    line.close()


def assert_varied(outcomes, count):
    """The mutations are neither all noise nor all harmless."""
    print(f"{count} mutations: {dict(outcomes)}")
    accepted = count - outcomes[400]
    assert count * 0.1 < accepted < count * 0.9


def test_mutations_do_no_harm_and_come_out_unchanged(gimon, line):
    outcomes, _, _ = run_all(gimon, line, SHORT, try_and_deliver)
    assert_varied(outcomes, SHORT)


@pytest.mark.long
def test_a_hundred_thousand_mutations_do_no_harm(gimon, line):
    """Every revision is kept for ever, so memory grows with what was accepted and with nothing else."""
    kept = Counter()

    def act(line, path, sent):
        outcome = try_and_deliver(line, path, sent)
        if outcome == "gewijzigd":
            kept["bytes"] += len(line.ask("GET", path)[1])
        return outcome

    outcomes, early, late = run_all(gimon, line, LONG, act)
    assert_varied(outcomes, LONG)
    print(f"resident: {early} KiB after {EARLY}, {late} KiB at the end, {kept['bytes']} bytes kept")
    assert late - early <= MOST_GROWTH_KIB + kept["bytes"] * MOST_BYTES_KEPT // 1024


def rehearse(line, path, sent):
    status, answer = line.ask("POST", path + "/_controleer", sent.body, sent.media)
    assert status == 200, answer
    return json.loads(answer)["aanvaardbaar"]


@pytest.mark.long
def test_memory_is_flat_over_a_hundred_thousand_mutations(gimon, line):
    """The same mutations tried out, which is the same way up to the log and keeps nothing."""
    _, early, late = run_all(gimon, line, LONG, rehearse)
    print(f"resident: {early} KiB after {EARLY}, {late} KiB after {LONG} mutations")
    assert late - early <= MOST_GROWTH_KIB
