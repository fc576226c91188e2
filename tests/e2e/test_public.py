"""`openbaar: alles` with the real program: whoever has no token sees editions, rounded and with holes."""

import csv
import io
import json
import shutil
import signal
import subprocess

import pytest

from daemon import CONF, run
from examples import (ORGANISATIONS, deliver, deliver_all, deliver_others, delivery_path, example,
                      with_sick_days)
from polling import until
from workbook import Workbook
from workshop import Workshop

MONITOR = "/v1/monitors/gi"
SERIES = MONITOR + "/reeksen"
TABLE = MONITOR + "/tabellen/ontwikkeling"
READS = (SERIES, SERIES + "?niveau=organisatie", SERIES + "?niveau=regio&formaat=csv",
         SERIES + "?formaat=xlsx", TABLE + "?formaat=json", TABLE + "?formaat=md",
         TABLE + "?formaat=html", TABLE + "?formaat=csv", TABLE + "?formaat=xlsx")


# Quartiles over organisations are some organisation's own figure: for analysts only.
BOUNDS = {"workload_kwartiel_1", "workload_kwartiel_2", "workload_kwartiel_3"}


def publish(analyst, name, monitor="gi", **words):
    answer = analyst.request("POST", f"/v1/monitors/{monitor}/edities",
                             json.dumps({"naam": name, "status": "voorlopig", **words}),
                             Content_Type="application/json")
    assert answer.status == 201, answer.text
    wait_for(analyst.with_token(None), name, monitor)


def wait_for(public, name, monitor="gi"):
    """Until it has been decided what the edition shows; whoever asks before gets 503 and comes back."""
    def decided():
        answer = public.get(f"/v1/monitors/{monitor}/reeksen?editie={name}")
        assert answer.status == 200 or answer.status == 503 and answer.headers["Retry-After"], answer.text
        return answer.status == 200
    until(decided, 20, f"edition {name} is decided about")


def with_edition(path, name):
    return f"{path}{'&' if '?' in path else '?'}editie={name}"


def points(client, **keys):
    query = "&".join(f"{key}={value}" for key, value in keys.items())
    answer = client.get(f"{SERIES}?{query}")
    assert answer.status == 200, answer.text
    return {(point["indicator"], point.get("organisatie", point.get("regio")), point["peildatum"]): point
            for point in answer.json()["reeksen"]}


def figures(page):
    """/metrics without what the daemon says of itself."""
    return page.text.split("# HELP gimon_")[0]


@pytest.fixture(scope="module")
def published(access):
    """A daemon with every example of every monitor, and an edition of each. For reading only."""
    shop = Workshop(access)
    gimon = shop.gimon(openness="alles").start()
    deliver_all(gimon.client(shop.token("gi")))
    deliver_others(gimon.client(shop.token("anderen")))
    for monitor in ("gi", "ot", "tarief", "uhp-kot", "zij-instroom"):
        publish(gimon.client(shop.token("analist")), "brief", monitor, toelichting="Van Jan")
    yield gimon, access.tokens
    shop.close()


@pytest.fixture
def public(published):
    return published[0].client()


@pytest.fixture
def analyst(published):
    return published[0].client(published[1]["analist"])


def test_every_count_is_rounded_and_none_is_small(public, analyst):
    exact = {level: points(analyst, niveau=level, editie="brief") for level in ("landelijk", "organisatie")}
    hidden = 0
    for level, figures_of_level in exact.items():
        shown = points(public, niveau=level)
        assert {key[0] for key in figures_of_level.keys() - shown.keys()} <= BOUNDS
        for key, point in shown.items():
            truth = figures_of_level[key]
            if "waarde" not in point:
                assert point["reden"] in ("onderdrukt", "geen-norm"), point
                assert "teller" not in point and "noemer" not in point
                hidden += 1
                continue
            if "teller" in point:
                assert point["teller"] % 5 == 0 and abs(point["teller"] - truth["teller"]) <= 2.5
                assert truth["teller"] >= 10
            if "teller" in point and "noemer" in point and key[0] not in ("fte_nodig",):
                assert point["noemer"] % 5 == 0 and abs(point["noemer"] - truth["noemer"]) <= 2.5
    assert hidden > 200


def test_ratios_are_those_of_the_sums_shown(public):
    checked = 0
    for key, point in points(public, niveau="organisatie", indicator="workload,verzuim,wachttijd").items():
        if "waarde" in point:
            factor = 100 if key[0] == "verzuim" else 1
            assert abs(factor * point["teller"] / point["noemer"] - point["waarde"]) <= 0.0501, point
            checked += 1
    assert checked > 100


def test_four_organisations_without_a_waiting_list(public, analyst):
    empty = {key[1] for key, point in
             points(analyst, niveau="organisatie", indicator="wachtlijst", van="2024-10-01").items()
             if point["waarde"] == 0}
    assert len(empty) == 4
    hidden = {key[1] for key, point in
              points(public, niveau="organisatie", indicator="wachtlijst", van="2024-10-01").items()
              if "waarde" not in point}
    assert empty < hidden and len(hidden) < 8  # and somebody beside them, or the total would tell
    for key, point in points(public, niveau="organisatie", van="2024-10-01",
                             indicator="wachtlijst,wachtlijst_start,wachttijd,wachtlijst_aandeel,"
                                       "wachttijd_start_p90,wachtlijst.dagen").items():
        assert "waarde" not in point or key[1] not in hidden, point


def test_what_may_be_shown_is_the_same_in_every_form(public):
    shown = points(public, niveau="organisatie")
    rows = list(csv.DictReader(io.StringIO(public.get(SERIES + "?niveau=organisatie&formaat=csv").text)))
    assert len(rows) == len(shown)
    for row in rows:
        point = shown[row["indicator"], row["organisatie"], row["peildatum"]]
        assert (row["waarde"] == "") == ("waarde" not in point)
        assert row["waarde"] == "" or float(row["waarde"]) == point["waarde"]
        assert row["teller"] == "" or float(row["teller"]) == point["teller"]
        assert row["reden"] == point.get("reden", "")

    book = Workbook(public.get(SERIES + "?niveau=organisatie&formaat=xlsx").body)
    heading, *lines = next(iter(book.sheets.values()))
    place = {str(name).lower(): number for number, name in enumerate(heading)}
    values = [line[place["waarde"]] for line in lines]
    assert [value for value in values if value is not None] == \
        [point["waarde"] for point in shown.values() if "waarde" in point]

    national = {key[0]: point for key, point in points(public, van="2024-10-01").items()}
    table = public.get(TABLE + "?formaat=json").json()
    for row in table["rijen"]:
        cell = row["cellen"][-1]
        assert cell.get("teller") == national[row["indicator"]].get("teller")
    for form in ("md", "html"):
        text = public.get(f"{TABLE}?formaat={form}").text
        assert "31.415" in text and "31.416" not in text
    sheet = next(iter(Workbook(public.get(TABLE + "?formaat=xlsx").body).sheets.values()))
    assert 31415 in sheet[1] and 31416 not in sheet[1]


def test_a_table_says_by_which_rule_it_is_public(public, analyst):
    table = "/v1/monitors/gi/tabellen/organisaties"
    rule = "Openbare cijfers: aantallen zijn afgerond op veelvouden van 5, aantallen onder 10 "
    for form in ("md", "html"):
        assert rule in public.get(f"{table}?formaat={form}").text
        assert rule not in analyst.get(f"{table}?formaat={form}").text
    notes = [cell for sheet in Workbook(public.get(table + "?formaat=xlsx").body).sheets.values()
             for row in sheet for cell in row if isinstance(cell, str)]
    assert any(note.startswith(rule) for note in notes)
    rows = [[cell.strip() for cell in line.split("|")[2:-1]]
            for line in public.get(table + "?formaat=md").text.splitlines()
            if line.startswith("| Regiecentrum")]
    assert ["."] * 5 in rows  # nobody waits there, and nobody is told so


def test_metrics(public, analyst):
    page = public.get("/metrics")
    lines = figures(page).splitlines()
    assert 'gi_clienten{niveau="landelijk"} 31415' in lines
    assert 'gi_clienten{niveau="landelijk"} 31416' in analyst.get("/metrics").text.splitlines()
    shown = points(public, niveau="organisatie", indicator="wachtlijst", van="2024-10-01")
    for organisation in ORGANISATIONS:
        point = shown["wachtlijst", organisation, "2024-10-01"]
        sample = f'gi_wachtlijst{{niveau="organisatie",organisatie="{organisation}"}}'
        assert [line for line in lines if line.startswith(sample)] == \
            ([f"{sample} {point['waarde']}"] if "waarde" in point else [])
    history = f'gi_reeks{{indicator="clienten",niveau="organisatie",organisatie="jb-noord",peildatum="2022-12-01"}}'
    assert any(line.startswith(history) for line in lines)
    for live in ("aanlevering_ontvangen", "bevindingen"):
        assert live not in figures(page) and live in analyst.get("/metrics").text
    assert "gimon_log_entries" in page.text
    done = subprocess.run(["promtool", "check", "metrics"], input=page.body, capture_output=True, check=False)
    assert done.returncode == 0 and not done.stdout + done.stderr, done.stderr


def test_no_other_moment(public, analyst):
    record = analyst.get(MONITOR + "/edities/brief").json()["kenmerk"]
    for path in (SERIES, TABLE):
        for moment in ("2024-01-01T00:00:00Z", record):
            answer = public.get(f"{path}?bekendOp={moment}")
            assert answer.status == 400 and "editie=" in answer.json()["bevindingen"][0]["melding"]
    assert public.get(SERIES + "?editie=nooit").status == 400
    answer = public.get(SERIES)
    assert answer.headers["Content-Location"] == SERIES + "?editie=brief"
    assert public.get(answer.headers["Content-Location"]).body == answer.body


def test_editions_without_words_or_makers(public, analyst):
    edition = public.get(MONITOR + "/edities/brief").json()
    assert edition.keys() == {"naam", "monitor", "status", "bekendOpMoment", "ontvangenOp"}
    assert public.get(MONITOR + "/edities").json() == {"edities": [edition]}
    assert "Van Jan" in analyst.get(MONITOR + "/edities").text
    for path in ("/edities/brief/aansluiting", "/herzieningen", "/peildata/2024-10-01/aanleveringen",
                 "/peildata/2024-10-01/aanleveringen/jb-noord",
                 "/peildata/2024-10-01/aanleveringen/jb-noord/spiegelrapport"):
        assert public.get(MONITOR + path).status == 401, path


def test_published_percentages_are_hidden(public):
    """A percentage without a numerator may be of three people."""
    answer = public.get("/v1/monitors/tarief/reeksen").json()["reeksen"]
    assert [point["reden"] for point in answer] == ["onderdrukt"]


def test_before_the_first_edition(workshop):
    gimon = workshop.gimon(openness="alles").start()
    deliver(gimon.client(workshop.token("gi")))
    public = gimon.client()
    for path in (SERIES, TABLE):
        answer = public.get(path)
        assert answer.status == 404 and "geen editie" in answer.json()["detail"]
    assert public.get(MONITOR + "/edities").json() == {"edities": []}
    assert figures(public.get("/metrics")) == ""


def everything(client, name):
    return {path: (answer.status, answer.headers["ETag"], answer.body)
            for path in READS for answer in [client.get(with_edition(path, name))]}


def test_what_was_shown_stays(workshop):
    """Live changes show in a new edition only; the old one is the same, here, there and after a restart."""
    server = workshop.redis()
    server.start()
    first = workshop.gimon("a", redis=server.address, openness="alles").start()
    gi, analyst = first.client(workshop.token("gi")), first.client(workshop.token("analist"))
    deliver_all(gi, ["2024-04-01", "2024-10-01"])
    publish(analyst, "een")
    public = first.client()
    before, page = everything(public, "een"), figures(public.get("/metrics"))
    changed = example()
    changed["cijfers"]["clienten"]["jeugdreclassering"] = 9
    changed["toelichtingen"] = {"algemeen": "Proef", "sprong": "Proef"}
    assert deliver(gi, delivery=changed).status == 200
    assert deliver(gi, organisation="rbv", delivery=with_sick_days(example(organisation="rbv"), 4999)).status == 200
    assert everything(public, "een") == before and figures(public.get("/metrics")) == page

    publish(analyst, "twee")
    small = points(public, niveau="organisatie", organisatie="jb-noord", van="2024-10-01",
                   indicator="clienten_jeugdreclassering")
    assert [point["reden"] for point in small.values()] == ["onderdrukt"]
    assert everything(public, "een") == before
    after = everything(public, "twee")

    second = workshop.gimon("b", redis=server.address, openness="alles").start()
    wait_for(second.client(), "twee")
    assert everything(second.client(), "twee") == after  # the later one first
    assert everything(second.client(), "een") == before
    assert first.stop() == 0
    public = first.start().client()
    wait_for(public, "een")
    wait_for(public, "twee")
    assert everything(public, "een") == before and everything(public, "twee") == after


QUERIES = ("", "niveau=organisatie", "niveau=regio", "niveau=organisatie&als=huidig", "definitie=1", "editie=een",
           "editie=een&niveau=organisatie", "bekendOp=2026-01-01T00:00:00Z", "formaat=csv", "formaat=xlsx")


def everywhere(client):
    """What is answered on every path, to a few questions each: {(method, path): (status, headers, body)}."""
    parts = {"monitor": "gi", "peildatum": "2024-10-01", "organisatie": "rbv", "n": "1", "editie": "een"}
    tables = [table["tabel"] for table in client.get(MONITOR).json()["tabellen"]]
    templates = [path for path, operations in client.get("/v1/openapi.json").json()["paths"].items()
                 if "get" in operations]
    paths = {"/v1" + template.removeprefix("/v1").format(tabel=table, **parts)
             for template in templates for table in tables}
    answers = {}
    for method in ("GET", "HEAD"):
        for path in sorted(paths | {"/", "/healthz", "/readyz"}):
            for query in QUERIES:
                answer = client.request(method, f"{path}?{query}" if query else path)
                headers = sorted((key, value) for key, value in answer.headers.items() if key != "Date")
                answers[method, path, query] = (answer.status, headers, answer.body)
    return answers


def test_nothing_tells_what_was_put_on_the_log_since(workshop):
    """No status, header or body, on any path: what was delivered, withdrawn, set aside or redacted after an edition."""
    server = workshop.redis()
    server.start()
    gimon = workshop.gimon(redis=server.address, openness="alles").start()
    gi, analyst, public = gimon.client(workshop.token("gi")), gimon.client(workshop.token("analist")), gimon.client()
    deliver_all(gi, ["2024-10-01"])
    kenmerk = deliver(gi, delivery=with_sick_days(example(), 4461)).json()["kenmerk"]
    publish(analyst, "een")
    before, page = everywhere(public), figures(public.get("/metrics"))
    assert {before["GET", path, ""][0] for path in (SERIES, TABLE, MONITOR + "/edities/een")} == {200}

    assert deliver(gi, "2024-04-01").status == 201
    assert deliver(gi, organisation="rbv", delivery=with_sick_days(example(organisation="rbv"), 4999)).status == 200
    assert gi.request("DELETE", delivery_path("2024-10-01", "jb-west")).status == 204
    aside = analyst.request("POST", delivery_path("2024-10-01", "jb-noord") + "/terzijde",
                            json.dumps({"reden": "Proef", "terzijde": True}), Content_Type="application/json")
    assert aside.status == 201, aside.text
    done = run("redact", kenmerk, "--config", gimon.config, "--monitor", "gi", "--reason", "proef")
    assert done.returncode == 0, done.stderr
    until(lambda: "-r1" in analyst.get(with_edition(SERIES, "een")).headers["ETag"], 5, "it is redacted")

    after = everywhere(public)
    assert [question for question in before if after[question] != before[question]] == []
    assert figures(public.get("/metrics")) == page
    tag = dict(before["GET", MONITOR + "/edities", ""][1])["ETag"]
    assert public.get(MONITOR + "/edities", If_None_Match=tag).status == 304
    publish(analyst, "twee")
    assert public.get(MONITOR + "/edities", If_None_Match=tag).status == 200


@pytest.mark.parametrize("openness", ["niets", "alles"])
def test_nobody_may_try_which_records_there_are(workshop, openness):
    """The definitions are for all and have a past; which records are on the log is not."""
    gimon = workshop.gimon(openness=openness).start()
    gi, public = gimon.client(workshop.token("gi")), gimon.client()
    kenmerk = deliver(gi).json()["kenmerk"]
    assert gi.get(f"{MONITOR}?bekendOp={kenmerk}").status == 200
    assert public.get(f"{MONITOR}?bekendOp=2026-01-01T00:00:00Z").status == 404
    other = kenmerk.split("-")[0] + "-77"
    there, absent = (public.get(f"{MONITOR}?bekendOp={record}") for record in (kenmerk, other))
    assert there.status == absent.status == 400
    assert there.text.replace(kenmerk, "") == absent.text.replace(other, "")


def test_numbers_of_the_definition(workshop):
    folder = workshop.folder / "conf"
    shutil.copytree(CONF, folder, ignore=shutil.ignore_patterns("voorbeeld"))
    with open(folder / "monitors" / "gi.yaml", "a", encoding="utf-8") as file:
        file.write("\nopenbaarmaking: {drempel: 100, afronding: 50}\n")
    gimon = workshop.gimon(definitions=folder, openness="alles").start()
    deliver_all(gimon.client(workshop.token("gi")), ["2024-10-01"])
    publish(gimon.client(workshop.token("analist")), "een")
    public = gimon.client()
    assert public.get(MONITOR).json()["openbaarmaking"] == {"drempel": 100, "afronding": 50}
    shown = points(public, niveau="organisatie", indicator="wachtlijst", van="2024-10-01").values()
    assert all(point["waarde"] % 50 == 0 for point in shown if "waarde" in point)
    assert points(public, indicator="clienten", van="2024-10-01")["clienten", None, "2024-10-01"]["waarde"] == 31400


def test_many_ask_at_once_and_it_may_stop_meanwhile(workshop):
    """What is asked for the first time is decided once; whoever asks waits a little, and nobody hangs."""
    gimon = workshop.gimon(openness="alles").start()
    deliver_all(gimon.client(workshop.token("gi")))
    assert gimon.stop() == 0
    analyst = gimon.start().client(workshop.token("analist"))
    made = analyst.request("POST", MONITOR + "/edities", json.dumps({"naam": "een", "status": "voorlopig"}),
                           Content_Type="application/json")
    assert made.status == 201
    connections = [gimon.client().connection() for _ in range(8)]
    for connection in connections:
        connection.request("GET", SERIES)
    answers = [connection.getresponse() for connection in connections]
    bodies = {(answer.status, answer.read()) for answer in answers}
    assert {status for status, _ in bodies} <= {200, 503} and len(bodies) <= 2
    for connection in connections:
        connection.close()
    wait_for(gimon.client(), "een")
    late = gimon.client().connection()
    late.request("GET", SERIES + "?editie=een")
    gimon.signal(signal.SIGTERM)
    assert late.getresponse().status in (200, 503)
    late.close()
    until(lambda: gimon.process.poll() is not None, 20, "gimon has stopped")
    assert gimon.stop() == 0
