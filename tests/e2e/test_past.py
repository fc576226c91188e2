"""As known at: thirty random revisions on, every question about any moment in between gives what was given then.

Deliveries, withdrawals, deliveries set aside and put back, remarks and changed definitions go to a real daemon. After
each record all is asked. At the end it is asked again as known at each record: by its kenmerk, by its moment, and by
its kenmerk once more when gimon has been killed and has read its log anew. Status, ETag and every byte must be what they were.
"""

import json
import random
from datetime import datetime, timezone

from examples import PEILDATA, deliver_all, delivery_path
from own_definitions import reload_definitions, replace_in
from random_deliveries import random_delivery
from reads import READS, WORKBOOKS, differing, everything

NAMES = ("jb-noord", "rbv", "bjz-limburg")
RECORDS = 30
WORKBOOK_EVERY = 10


def moment_of(kenmerk):
    """The time of a record is the time in its id."""
    milliseconds = int(kenmerk.split("-")[0])
    text = datetime.fromtimestamp(milliseconds / 1000, timezone.utc).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


class Walk:
    """Random things that happen to a daemon, each at most one record on its log."""

    def __init__(self, gimon, workshop, definitions):
        self.gimon, self.definitions, self.chance = gimon, definitions, random.Random("toen")
        self.gi, self.analyst = gimon.client(workshop.token("gi")), gimon.client(workshop.token("analist"))
        self.changes = 0

    def somewhere(self):
        return delivery_path(self.chance.choice(PEILDATA[-2:]), self.chance.choice(NAMES))

    def deliver(self):
        path = self.somewhere()
        answer = self.gi.put_json(path, random_delivery(self.chance, path.split("/")[5]))
        assert answer.status in (200, 201), answer.text

    def withdraw(self):
        assert self.gi.request("DELETE", self.somewhere()).status in (204, 404)

    def say(self, what, **words):
        path = self.somewhere() + what
        answer = self.analyst.request("POST", path, json.dumps(words), Content_Type="application/json")
        assert answer.status in (200, 201, 404), answer.text

    def set_aside(self):
        self.say("/terzijde", terzijde=self.chance.random() < 0.7, reden="Nagekeken.")

    def remark(self):
        self.say("/opmerkingen", opmerking=f"Nagebeld, {self.chance.randrange(1000)}.")

    def redefine(self):
        """The formula of the workload, there and back again."""
        both, one = "[fte.jeugdbeschermer, fte.jeugdreclasseerder]", "[fte.jeugdbeschermer]"
        old, new = (both, one) if self.changes % 2 == 0 else (one, both)
        self.changes += 1
        replace_in(self.definitions / "monitors" / "gi.yaml", f"noemer: {old}", f"noemer: {new}")
        reload_definitions(self.gimon, self.analyst)

    def step(self):
        act, = self.chance.choices([self.deliver, self.withdraw, self.set_aside, self.remark, self.redefine],
                                   [60, 12, 12, 8, 8])
        act()


def live_answers(walk, redis):
    """{kenmerk: what was answered when it was the newest record}."""
    given = {}
    while len(given) < RECORDS:
        walk.step()
        newest = redis.log()[-1][0]
        if newest not in given:
            reads = READS + (WORKBOOKS if len(given) % WORKBOOK_EVERY == 0 else ())
            given[newest] = everything(walk.analyst, reads=reads)
    return given


def assert_as_then(client, key, then):
    assert not differing(everything(client, f"&bekendOp={key}", then.keys()), then), key


def test_every_question_about_then_gives_what_was_given_then(workshop, own_conf):
    redis = workshop.redis().start()
    gimon = workshop.gimon(redis=redis.address, definitions=own_conf).start()
    walk = Walk(gimon, workshop, own_conf)
    deliver_all(walk.gi, PEILDATA[-2:])
    given = live_answers(walk, redis)
    kinds = {fields["soort"] for name, fields in redis.log() if name in given}
    assert kinds == {"aanlevering", "intrekking", "terzijde", "opmerking", "definitie"}
    for path in READS:
        assert len({then[path] for then in given.values()}) > 3, f"{path} hardly ever changed"

    last_of_moment = {moment_of(kenmerk): then for kenmerk, then in given.items()}
    for kenmerk, then in given.items():
        assert_as_then(walk.analyst, kenmerk, then)
    for moment, then in last_of_moment.items():
        assert_as_then(walk.analyst, moment, then)
    gimon.kill()
    analyst = gimon.start().client(workshop.token("analist"))
    for kenmerk, then in given.items():
        assert_as_then(analyst, kenmerk, then)
