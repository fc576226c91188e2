"""The past, editions and what the letter printed, through the real program and real files."""

import csv
import io
import json

import pytest

from daemon import run
from examples import PEILDATA, deliver, deliver_all, delivery_path, example, with_sick_days
from own_definitions import reload_definitions, replace_in
from reads import MONITOR, READS, WORKBOOKS, everything

EDITIONS = MONITOR + "/edities"


def freeze(analyst, **words):
    return analyst.request("POST", EDITIONS, json.dumps(words), Content_Type="application/json")


def change_definitions(gimon, client, folder):
    """An edited formula, a decree day and an organisation that ends, each by a reload of its own."""
    changes = (
        ("monitors/gi.yaml", "noemer: [fte.jeugdbeschermer, fte.jeugdreclasseerder]",
         "noemer: [fte.jeugdbeschermer]"),
        ("kalender.yaml", "    dagen:\n", "    dagen:\n      - {datum: 2024-09-24, bron: proef}\n"),
        ("organisaties.yaml", "vanaf: 2022-12-01, regios: [JZ02]",
         "vanaf: 2022-12-01, tot: 2024-06-30, regios: [JZ02]"),
    )
    for file, old, new in changes:
        replace_in(folder / file, old, new)
        reload_definitions(gimon, client)


def of_all(client, key=""):
    return everything(client, key, READS + WORKBOOKS)


def test_an_edition_never_changes(workshop, own_conf):
    gimon = workshop.gimon(definitions=own_conf).start()
    gi, analyst = gimon.client(workshop.token("gi")), gimon.client(workshop.token("analist"))
    deliver_all(gi, PEILDATA[-2:])
    made = freeze(analyst, naam="brief", status="definitief", peildata=["2024-10-01"])
    assert made.status == 201 and made.headers["Location"] == EDITIONS + "/brief"
    known = f"&bekendOp={made.json()['kenmerk']}"
    before = of_all(analyst, known), of_all(analyst, "&editie=brief")
    assert of_all(analyst) == before[0]  # that was the newest record

    deliver(gi, delivery=with_sick_days(example(), 4999))
    gi.request("DELETE", delivery_path("2024-10-01", "rbv"))
    change_definitions(gimon, analyst, own_conf)
    assert freeze(analyst, naam="later", status="voorlopig").status == 201
    now = of_all(analyst)
    assert all(now[path] != before[0][path] for path in now)
    assert (of_all(analyst, known), of_all(analyst, "&editie=brief")) == before

    assert gimon.stop() == 0
    analyst = gimon.start().client(workshop.token("analist"))
    assert (of_all(analyst, known), of_all(analyst, "&editie=brief")) == before
    assert of_all(analyst) == now


def test_a_report_is_printed_of_an_edition_or_as_known_then(workshop):
    gimon = workshop.gimon().start()
    gi, analyst = gimon.client(workshop.token("gi")), gimon.client(workshop.token("analist"))
    deliver_all(gi, PEILDATA[-2:])
    made = freeze(analyst, naam="brief", status="voorlopig").json()

    def report(*words):
        return run("report", "ontwikkeling", "--url", analyst.address, "--monitor", "gi", *words,
                   environment={"GIMON_TOKEN": analyst.token})

    then = report("--edition", "brief").stdout
    assert "31.416" in then
    gi.request("DELETE", delivery_path("2024-10-01", "rbv"))
    assert "30.641" in report().stdout
    moment = made["ontvangenOp"].replace("Z", "+00:00")
    for words in (("-e", "brief"), ("-k", made["kenmerk"]), ("--known", moment)):
        assert report(*words).stdout == then, words
    refused = report("--edition", "concept")
    assert refused.returncode == 1 and "fout editie: " in refused.stderr


def test_sending_an_edition_again(gimon, workshop):
    analyst = gimon.client(workshop.token("analist"))
    first = freeze(analyst, naam="brief", status="voorlopig", toelichting="Eerste druk")
    again = freeze(analyst, naam="brief", status="voorlopig", toelichting="Eerste druk")
    assert (first.status, again.status) == (201, 200) and first.json() == again.json()
    assert freeze(analyst, naam="brief", status="definitief").status == 409
    assert analyst.get(EDITIONS + "/brief").json() == first.json()
    assert [one["naam"] for one in analyst.get(EDITIONS).json()["edities"]] == ["brief"]
    assert gimon.client(workshop.token("gi")).get(EDITIONS).status == 403


def test_the_letter_against_what_it_printed(workshop):
    gimon = workshop.gimon().start()
    analyst = gimon.client(workshop.token("analist"))
    deliver_all(gimon.client(workshop.token("gi")))
    assert freeze(analyst, naam="brief-2024-12-02", status="definitief").status == 201
    answer = analyst.get(EDITIONS + "/brief-2024-12-02/aansluiting?formaat=csv")
    rows = {(row["regel"], row["peildatum"]): row
            for row in csv.DictReader(io.StringIO(answer.text, newline=""))}

    def line(name, peildatum="2024-10-01"):
        row = rows[name, peildatum]
        return row["gepubliceerd"], row["berekend"], row["verschil"], row["oordeel"]

    assert line("wachtlijst") == ("1480", "1496", "16", "verschilt")
    assert line("wachtlijst_tekst") == ("1496", "1496", "0", "gelijk")
    assert line("wachtlijst_start") == ("589", "589", "0", "gelijk")
    assert line("wachtlijst_intern") == ("907", "907", "0", "gelijk")
    assert line("workload") == ("12.6", "12.6", "0.0", "gelijk")
    assert line("workload_uit_totalen") == ("12.6", "12.06", "-0.54", "verschilt")
    assert line("workload_uit_totalen", "2024-04-01") == ("14.2", "12.55", "-1.65", "verschilt")
    different = {key for key, row in rows.items() if row["oordeel"] != "gelijk"}
    assert different == {("wachtlijst", "2024-10-01"), ("wachtlijst_optelling", "2024-10-01"),
                         ("workload_uit_totalen", "2024-04-01"),
                         ("workload_uit_totalen", "2024-10-01")}


def test_revisions_of_a_figure(workshop):
    gimon = workshop.gimon().start()
    gi, analyst = gimon.client(workshop.token("gi")), gimon.client(workshop.token("analist"))
    deliver_all(gi, PEILDATA[-2:])
    question = MONITOR + "/herzieningen?indicator=verzuim&van=2024-10-01"
    first = analyst.get(question).json()["herzieningen"][0]
    assert first["laatste"]["waarde"] == 6.8 and first["herzieningen"] == 0
    assert first["eersteVolledige"]["respons"] == {"ontvangen": 13, "verwacht": 13}
    revised = deliver(gi, delivery=with_sick_days(example(), 49999)).json()
    last = analyst.get(question).json()["herzieningen"][0]
    assert last["herzieningen"] == 1 and last["tegenover"] == "eersteVolledige"
    assert last["laatste"]["kenmerk"] == revised["kenmerk"]
    assert last["eersteVolledige"] == first["eersteVolledige"]
    assert last["verschil"] == pytest.approx(last["laatste"]["waarde"] - 6.8)
    own = gimon.client(workshop.token("jb-noord"))
    rows = own.get(question + "&niveau=organisatie&formaat=csv").text.splitlines()
    assert len(rows) == 2 and ",jb-noord," in rows[1]
