"""Random deliveries give the figures that a plain recomputation gives, however they come in.

Random organisations (valid from, until), regions, peildata, revisions, withdrawals, deliveries set aside and put
back go through two instances on one log, either of which is killed and started now and then. On the way and at the
end every figure is what plain_figures.py says: the value and what it was taken over, nationally, of organisations
and of regions, by fractions. Both instances give the same bytes, also after a restart; and what stands at the end
gives them at a third that got it once, in another order.
"""

import json
import random
import shutil

import pytest

from daemon import run
from examples import PEILDATA, delivery_path
from own_definitions import copy_definitions
from plain_figures import Plain
from polling import until
from random_deliveries import random_delivery, random_organisation, register_of
from series import LEVELS, REGIONS, assert_plain, series_path

MONITOR = "/v1/monitors/gi"

class World:
    """The plain model and the instances that must agree with it."""

    def __init__(self, workshop, seed):
        self.workshop, self.chance = workshop, random.Random(seed)
        organisations = [random_organisation(self.chance, number) for number in range(7)]
        self.plain = Plain(organisations, PEILDATA, REGIONS)
        self.definitions = copy_definitions(workshop.folder)
        for file in (self.definitions / "monitors").iterdir():
            if file.stem != "gi":
                file.unlink()
        (self.definitions / "organisaties.yaml").write_text(register_of(organisations), encoding="utf-8")
        self.redis = workshop.redis().start()
        self.token = None
        self.daemons = [self.instance(name, self.redis) for name in ("een", "twee")]
        self.last = None  # the newest record
        self.seen = set()  # statuses of deliveries and reasons for having no value, where it was looked at

    def instance(self, name, redis):
        """A daemon; the tokens are those of the first."""
        daemon = self.workshop.gimon(name, redis=redis.address, definitions=self.definitions)
        if self.token is None:
            words = [word for one in self.plain.organisations for word in ("--organisatie", one.name)]
            made = run("token", "new", "--config", daemon.config, "--name", "allen", "--role", "gi", *words)
            assert made.returncode == 0, made.stderr
            self.token, self.tokens = made.stdout.strip(), daemon.folder / "toegang.yaml"
        else:
            shutil.copy(self.tokens, daemon.folder / "toegang.yaml")
        return daemon.start()

    def deliverer(self, daemon):
        return daemon.client(self.token)

    def analyst(self, daemon):
        return daemon.client(self.workshop.token("analist"))

    # ---- what happens

    def up_to_date(self, daemon):
        """Returns when the instance knows the newest record."""
        path = f"{MONITOR}?bekendOp={self.last}"
        until(lambda: self.last is None or self.analyst(daemon).answers(path), 30, "the newest record is known")

    def somebody(self):
        """A peildatum and an organisation that is expected on it."""
        expected = []
        while not expected:
            peildatum = self.chance.choice(self.plain.peildata)
            expected = self.plain.expected(peildatum)
        return peildatum, self.chance.choice(expected).name

    def deliver(self, daemon):
        peildatum, name = self.somebody()
        cell, delivery = self.plain.cell(peildatum, name), random_delivery(self.chance, peildatum)
        answer = self.deliverer(daemon).put_json(delivery_path(peildatum, name), delivery)
        assert answer.status == (201 if cell.standing is None else 200), answer.text
        cell.standing, cell.aside, cell.revisions = delivery, False, cell.revisions + 1
        assert answer.json()["revisie"] == cell.revisions
        self.last = answer.json()["kenmerk"]

    def deliver_again(self, daemon):
        """What stands, and is not set aside, once more: nothing changes."""
        standing = [key for key, cell in self.plain.cells.items() if cell.status() == "ontvangen"]
        if standing:
            key = self.chance.choice(standing)
            answer = self.deliverer(daemon).put_json(delivery_path(*key), self.plain.cells[key].standing)
            assert (answer.status, answer.json()["uitkomst"]) == (200, "ongewijzigd"), answer.text

    def withdraw(self, daemon):
        self.up_to_date(daemon)
        peildatum, name = self.somebody()
        cell, path = self.plain.cell(peildatum, name), delivery_path(peildatum, name)
        answer = self.deliverer(daemon).request("DELETE", path)
        assert answer.status == (404 if cell.standing is None else 204), answer.text
        if cell.standing is not None:
            cell.standing, cell.aside = None, False
            self.last = self.deliverer(daemon).get(path + "/revisies").json()["revisies"][-1]["kenmerk"]

    def set_aside(self, daemon):
        """Or put back; what does not stand cannot be."""
        self.up_to_date(daemon)
        standing = [key for key, cell in self.plain.cells.items() if cell.standing is not None]
        if standing:
            key = self.chance.choice(standing)
            self.say_aside(daemon, key, not self.plain.cells[key].aside)

    def say_aside(self, daemon, key, aside):
        said = json.dumps({"terzijde": aside, "reden": "Nagekeken."})
        answer = self.analyst(daemon).request("POST", delivery_path(*key) + "/terzijde", said,
                                              Content_Type="application/json")
        assert answer.status == 201, answer.text
        self.plain.cells[key].aside = aside
        self.last = answer.json()["kenmerk"]

    def crash(self, daemon):
        daemon.kill()
        daemon.start()

    def step(self):
        daemon = self.chance.choice(self.daemons)
        act, = self.chance.choices([self.deliver, self.deliver_again, self.withdraw, self.set_aside, self.crash],
                                   [60, 8, 12, 17, 3])
        act(daemon)

    # ---- what must be so

    def check(self, daemon):
        """Every figure and the whole response are what the plain model says."""
        self.up_to_date(daemon)
        analyst = self.analyst(daemon)
        for level in LEVELS:
            points = assert_plain(analyst, self.plain, level)
            self.seen |= {point.get("reden") for point in points.values()}
        for peildatum in self.plain.peildata:
            rows = analyst.get(f"{MONITOR}/peildata/{peildatum}/aanleveringen").json()["aanleveringen"]
            found = {row["organisatie"]: row["status"] for row in rows}
            assert found == self.plain.response(peildatum)
            self.seen |= set(found.values())

    def figures(self, daemon):
        """All figures, as bytes."""
        self.up_to_date(daemon)
        paths = [series_path(level) for level in LEVELS] + [f"{MONITOR}/tabellen/ontwikkeling"]
        metrics = self.analyst(daemon).get("/metrics").text.splitlines()
        return [self.analyst(daemon).get(path).body for path in paths] + [
            line for line in metrics if line.startswith(("gi_reeks", "gi_respons", "gi_workload"))]

    def replay_otherwise(self):
        """What stands at the end, delivered once to a third instance with a log of its own, in another order."""
        here = self.last
        third = self.instance("drie", self.workshop.redis("redis-drie").start())
        standing = [(key, cell) for key, cell in self.plain.cells.items() if cell.standing is not None]
        self.chance.shuffle(standing)
        for key, cell in standing:
            answer = self.deliverer(third).put_json(delivery_path(*key), cell.standing)
            assert answer.status == 201, answer.text
            self.last = answer.json()["kenmerk"]
            if cell.aside:
                self.say_aside(third, key, True)
        figures, self.last = self.figures(third), here
        return figures


def assert_varied(world):
    """The walk went past everything that it is about."""
    assert world.seen == {None, "niet-aangeleverd", "niet-van-toepassing", "noemer-nul", "geen-norm", "geen-verdeling",
                          "terzijde-gelegd", "verwacht", "ontvangen", "terzijde", "ingetrokken"}
    cells = list(world.plain.cells.values())
    assert any(cell.revisions > 1 for cell in cells)
    assert any("regios" in cell.standing for cell in cells if cell.standing)


def walk(workshop, seed, steps, looks):
    world = World(workshop, seed)
    for turn in range(steps):
        world.step()
        if turn % (steps // looks) == 0:
            world.check(world.chance.choice(world.daemons))
    for daemon in world.daemons:
        world.check(daemon)
    assert_varied(world)
    given = world.figures(world.daemons[0])
    assert world.figures(world.daemons[1]) == given
    world.crash(world.daemons[0])
    assert world.figures(world.daemons[0]) == given
    assert world.replay_otherwise() == given


@pytest.mark.parametrize("seed", ["a", "b"])
def test_figures_are_what_a_plain_recomputation_gives(workshop, seed):
    walk(workshop, seed, steps=80, looks=5)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6))
def test_figures_are_what_a_plain_recomputation_gives_in_long_walks(workshop, seed):
    walk(workshop, seed, steps=500, looks=25)
