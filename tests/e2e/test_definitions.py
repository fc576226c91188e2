"""Definitions that change under a daemon with deliveries: the present follows, the past stays.

An edited formula, a decree day added to the calendar, an organisation that gets an end date, each in the files of a
running daemon that then reloads or starts anew. Live figures become what plain_figures.py says under the same
change, all of them; the edition and `bekendOp` before that moment give byte for byte what they gave. When the edit
is undone, the figures are what they were.
"""

import json
from collections import namedtuple
from datetime import date

import pytest

import plain_figures
import working_days
from examples import ORGANISATIONS, PEILDATA, deliver_all, example
from own_definitions import reload_definitions, replace_in
from plain_figures import Cell, Organisation, Plain
from reads import MONITOR, READS, WORKBOOKS, differing, everything
from series import assert_plain, points_of

Change = namedtuple("Change", "file old new")
CHANGES = {
    "formula": Change("monitors/gi.yaml", "noemer: [fte.jeugdbeschermer, fte.jeugdreclasseerder, fte.ondersteunend]",
                      "noemer: [fte.jeugdbeschermer, fte.ondersteunend]"),
    "decree day": Change("kalender.yaml", "    dagen:\n", "    dagen:\n      - {datum: 2024-09-24, bron: proef}\n"),
    "end date": Change("organisaties.yaml", "monitors: [gi], vanaf: 2022-12-01, regios: [JZ02]",
                       "monitors: [gi], vanaf: 2022-12-01, tot: 2024-06-30, regios: [JZ02]"),
}
# The national figures that each change must reach, and no other.
REACHED = {
    "formula": {("workload_formatie", "2024-04-01"), ("workload_formatie", "2024-10-01")},
    "decree day": {(name, "2024-10-01") for name, (_, _, *columns) in plain_figures.FORMULAS.items()
                   if any(column.startswith("wachtlijst") for column in sum(columns, ()))},
    "end date": {(name, "2024-10-01") for name in plain_figures.FORMULAS},
}


def plain_letter():
    """The model with what the examples deliver on the last two peildata."""
    plain = Plain([Organisation(name, PEILDATA[0]) for name in ORGANISATIONS], PEILDATA, ())
    for peildatum in PEILDATA[-2:]:
        for name in ORGANISATIONS:
            plain.cells[peildatum, name] = Cell(example(peildatum, name), revisions=1)
    return plain


def change_plain(name, plain, monkeypatch):
    """The same change in the model."""
    if name == "formula":
        how, decimals, above, _ = plain_figures.FORMULAS["workload_formatie"]
        monkeypatch.setitem(plain_figures.FORMULAS, "workload_formatie",
                            (how, decimals, above, ("fte.jeugdbeschermer", "fte.ondersteunend")))
    elif name == "decree day":
        monkeypatch.setattr(working_days, "DECREED", working_days.DECREED | {date(2024, 9, 24)})
    else:
        next(one for one in plain.organisations if one.name == "rbv").until = "2024-06-30"


def put_in_force(gimon, client, how):
    """A reload, or a start; gives the client of what then runs."""
    if how == "reload":
        reload_definitions(gimon, client)
        return client
    assert gimon.stop() == 0
    return gimon.start().client(client.token)


def assert_live(client, plain):
    for level in ("landelijk", "organisatie"):
        assert_plain(client, plain, level)


def statuses(client):
    """{(indicator, peildatum): status} of the national figures that have a value."""
    points = points_of(client, "landelijk", ("status", "reden"))
    return {(indicator, peildatum): point["status"] for (indicator, _, peildatum), point in points.items()
            if "waarde" in point}


@pytest.mark.parametrize("how, name", [*(("reload", name) for name in CHANGES), ("start", "decree day")])
def test_the_present_follows_and_the_past_stays(workshop, own_conf, monkeypatch, how, name):
    plain, reads = plain_letter(), READS + WORKBOOKS
    gimon = workshop.gimon(definitions=own_conf).start()
    deliver_all(gimon.client(workshop.token("gi")), PEILDATA[-2:])
    analyst = gimon.client(workshop.token("analist"))
    assert_live(analyst, plain)
    words = json.dumps({"naam": "brief", "status": "definitief"})
    made = analyst.request("POST", f"{MONITOR}/edities", words, Content_Type="application/json")
    assert made.status == 201, made.text
    keys = (f"&bekendOp={made.json()['kenmerk']}", "&editie=brief")
    then = {key: everything(analyst, key, reads) for key in keys}
    assert set(statuses(analyst).values()) == {"definitief"}

    change, before = CHANGES[name], statuses(analyst)
    replace_in(own_conf / change.file, change.old, change.new)
    analyst = put_in_force(gimon, analyst, how)
    with monkeypatch.context() as patch:
        change_plain(name, plain, patch)
        assert_live(analyst, plain)
    reached = {key for key, status in statuses(analyst).items() if status != before[key]}
    assert reached == {key for key in REACHED[name] if key in before}
    for key in keys:
        assert not differing(everything(analyst, key, reads), then[key]), key

    replace_in(own_conf / change.file, change.new, change.old)
    analyst = put_in_force(gimon, analyst, how)
    assert_live(analyst, plain_letter())
    assert statuses(analyst) == before
