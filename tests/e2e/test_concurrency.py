"""Sending again is safe: many clients at once, through two instances on one log, give one truth."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from examples import deliver, delivery_path, example, with_sick_days
from polling import until

HERE = delivery_path("2024-10-01", "jb-noord")
TIMES = 100
CLIENTS = 16


@pytest.fixture
def instances(workshop):
    """Two clients that may deliver, one for each instance."""
    redis = workshop.redis().start()
    daemons = [workshop.gimon(name, redis=redis.address).start() for name in ("one", "two")]
    return [daemon.client(workshop.token("gi")) for daemon in daemons]


def at_once(ask):
    """ask(0) to ask(TIMES - 1), as many at a time as there are clients."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        return list(clients.map(ask, range(TIMES)))


def settled(ask):
    """Sends again as long as the answer is that nobody knows or nothing was stored."""
    answer = ask()
    while answer.status == 503:
        answer = ask()
    return answer


def history(client):
    answer = client.get(HERE + "/revisies")
    assert answer.status == 200, answer.text
    return answer


def agreed_history(instances, newest):
    """The receipts, once both instances know the newest revision; the same bytes at both."""
    for client in instances:
        until(lambda: history(client).json()["revisies"][-1]["revisie"] == newest, 30,
              "the instance knows the newest revision")
    one, two = (history(client).body for client in instances)
    assert one == two
    return json.loads(one)["revisies"]


def test_the_same_delivery_a_hundred_times_at_once_is_one_revision(instances):
    answers = at_once(lambda turn: settled(lambda: deliver(instances[turn % 2])))
    receipts = [answer.json() for answer in answers]
    assert {answer.status for answer in answers} <= {200, 201}
    assert {receipt["revisie"] for receipt in receipts} == {1}
    assert len({receipt["kenmerk"] for receipt in receipts}) == 1
    assert len({receipt["keten"] for receipt in receipts}) == 1
    assert len(agreed_history(instances, 1)) == 1


def test_different_deliveries_at_once_are_as_many_revisions_in_one_order(instances):
    answers = at_once(lambda turn: settled(lambda: deliver(
        instances[turn % 2], delivery=with_sick_days(example(), 4000 + turn))))
    assert all(answer.status in (200, 201) for answer in answers)
    receipts = agreed_history(instances, TIMES)
    assert [receipt["revisie"] for receipt in receipts] == list(range(1, TIMES + 1))
    assert [receipt["uitkomst"] for receipt in receipts] == ["nieuw"] + ["gewijzigd"] * (TIMES - 1)
    kept = {receipt["kenmerk"]: receipt for receipt in receipts}
    for answer in answers:
        given = answer.json()
        assert kept[given["kenmerk"]]["sha256"] == given["sha256"]
        if given["uitkomst"] != "ongewijzigd":  # a 503 that turned out to be stored
            assert kept[given["kenmerk"]] == given


def test_of_all_that_replace_the_same_revision_one_wins(instances):
    assert deliver(instances[0]).status == 201
    agreed_history(instances, 1)
    answers = at_once(lambda turn: settled(lambda: deliver(
        instances[turn % 2], delivery=with_sick_days(example(), 4000 + turn), If_Match='"1"')))
    statuses = sorted(answer.status for answer in answers)
    assert statuses == [200] + [412] * (TIMES - 1)
    winner = next(answer for answer in answers if answer.status == 200).json()
    assert winner["revisie"] == 2
    assert agreed_history(instances, 2)[-1]["sha256"] == winner["sha256"]


def test_withdrawals_and_deliveries_at_once_leave_one_story(instances):
    def turn_of(turn):
        client = instances[turn % 2]
        if turn % 4 == 3:
            return settled(lambda: client.request("DELETE", HERE))
        return settled(lambda: deliver(client, delivery=with_sick_days(example(), 4000 + turn)))

    answers = at_once(turn_of)
    assert {answer.status for answer in answers} <= {200, 201, 204, 404}
    last = deliver(instances[0], delivery=with_sick_days(example(), 4999)).json()["revisie"]
    story = agreed_history(instances, last)
    delivered = [event for event in story if event["uitkomst"] != "ingetrokken"]
    assert [event["revisie"] for event in delivered] == list(range(1, last + 1))
    for event, following in zip(story, story[1:]):
        assert (following["uitkomst"] == "nieuw") == (event["uitkomst"] == "ingetrokken")
    withdrawn = sum(event["uitkomst"] == "ingetrokken" for event in story)
    assert withdrawn >= sum(answer.status == 204 for answer in answers)
