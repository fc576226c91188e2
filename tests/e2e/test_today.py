"""Organisations and definitions over time, on the real program: whose line a figure is on today, what it
would be by another version of its definition, and where the quarters of the organisations end."""

import csv
import io
import json
import shutil

import pytest

from daemon import CONF, run
from examples import ORGANISATIONS, PEILDATA, delivery_path
from workbook import Workbook

HERE = "/v1/monitors/stad"
SERIES = f"{HERE}/reeksen"
LINES = f"{SERIES}?niveau=organisatie&indicator=last"
FIRST, SECOND, THIRD = "2023-06-01", "2024-06-01", "2025-06-01"

MONITOR = """
monitor: stad
naam: Stadsmonitor
cijfers:
  kinderen: {naam: Kinderen, soort: aantal, eenheid: kinderen}
  fte: {naam: Formatie, soort: getal, decimalen: 1, eenheid: fte}
  uren: {naam: Uren, soort: getal, decimalen: 1, eenheid: uren}
indicatoren:
  kinderen: {naam: Kinderen, eenheid: kinderen, versies: [{soort: som, teller: [kinderen]}]}
  last:
    naam: Last
    eenheid: kinderen per fte
    decimalen: 1
    versies:
      - {soort: verhouding, teller: [kinderen], noemer: [fte]}
      - {vanaf: 2024-01-01, soort: verhouding, factor: 36, teller: [kinderen], noemer: [uren], reden: In uren geteld.}
normen:
  - {indicator: last, waarde: 12, vanaf: 2024-01-01}
peildata: [{datum: 2023-06-01}, {datum: 2024-06-01}, {datum: 2025-06-01}]
tabellen:
  stad: {naam: De stad, rijen: [{indicator: last}]}
"""
# a and b became c; d was split into e and f; g became h and h became i.
MERGED = {
    "a": "tot: 2023-12-31, opvolgers: [c]",
    "b": "tot: 2023-12-31, opvolgers: [c]",
    "d": "tot: 2023-12-31, opvolgers: [e, f]",
    "g": "tot: 2023-12-31, opvolgers: [h]",
    "h": "tot: 2024-12-31, opvolgers: [i]",
}
FROM = {"a": 2020, "b": 2020, "c": 2024, "d": 2020, "e": 2024, "f": 2024, "g": 2020, "h": 2024, "i": 2025}
DELIVERED = {
    FIRST: {"a": (100, 10, None), "b": (300, 20, None), "d": (70, 7, None), "g": (50, 5, None)},
    SECOND: {"c": (390, 30, 1080), "e": (40, 4, 144), "f": (35, 3.5, 126), "h": (48, 6, 200)},
    THIRD: {"c": (380, None, 1080), "e": (42, 4, 144), "f": (33, 3, 108), "i": (45, 5, 180)},
}


def organisations(ended):
    return "".join(f"  {name}: {{naam: Stad {name}, monitors: [stad], vanaf: {year}-01-01"
                   f"{', ' + ended[name] if name in ended else ''}}}\n" for name, year in FROM.items())


def path_of(peildatum, organisation):
    return f"{HERE}/peildata/{peildatum}/aanleveringen/{organisation}"


def write(folder, ended):
    register = (CONF / "organisaties.yaml").read_text(encoding="utf-8")
    (folder / "organisaties.yaml").write_text(register + organisations(ended), encoding="utf-8")


@pytest.fixture
def folder(workshop):
    copy = workshop.folder / "conf"
    shutil.copytree(CONF, copy, ignore=shutil.ignore_patterns("voorbeeld"))
    (copy / "monitors" / "stad.yaml").write_text(MONITOR, encoding="utf-8")
    write(copy, MERGED)
    return copy


@pytest.fixture
def gimon(workshop, folder):
    return workshop.gimon(definitions=folder).start()


def token_for(gimon, *names):
    words = [word for name in names for word in ("--organisatie", name)]
    done = run("token", "new", "--config", gimon.config, "--name", "-".join(names), "--role", "gi", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def deliver_stad(gimon):
    client = gimon.client(token_for(gimon, *FROM))
    for peildatum, deliveries in DELIVERED.items():
        for organisation, figures in deliveries.items():
            named = zip(("kinderen", "fte", "uren"), figures)
            delivery = {"cijfers": {name: value for name, value in named if value is not None}}
            answer = client.put_json(path_of(peildatum, organisation), delivery)
            assert answer.status == 201, answer.text


@pytest.fixture
def stad(gimon, workshop):
    """An analyst, once all is delivered."""
    deliver_stad(gimon)
    return gimon.client(workshop.token("analist"))


def points_of(client, path):
    answer = client.get(path)
    assert answer.status == 200, answer.text
    return answer.json()["reeksen"]


def lines_of(client, path):
    """{(organisation, peildatum): point}"""
    return {(point["organisatie"], point["peildatum"]): point for point in points_of(client, path)}


# ---- by today's organisations ----

def test_lines_are_those_of_todays_organisations(stad):
    delivered = lines_of(stad, LINES)
    assert set(delivered) == {(name, peildatum) for peildatum, names in DELIVERED.items() for name in names}
    assert lines_of(stad, LINES + "&als=aangeleverd") == delivered

    today = lines_of(stad, LINES + "&als=huidig")
    assert set(today) == {("c", FIRST), ("c", SECOND), ("c", THIRD), ("d", FIRST), ("e", SECOND), ("e", THIRD),
                          ("f", SECOND), ("f", THIRD), ("i", FIRST), ("i", SECOND), ("i", THIRD)}
    merged = today["c", FIRST]
    assert (merged["waarde"], merged["teller"], merged["noemer"]) == (13.3, 400, 30)
    assert merged["respons"] == {"ontvangen": 2, "verwacht": 2}
    assert (today["i", FIRST]["waarde"], today["i", SECOND]["waarde"]) == (10, 8.6)
    assert today["d", FIRST] == delivered["d", FIRST], "who took over which part is not known"
    for place in (("c", SECOND), ("c", THIRD), ("e", SECOND), ("i", THIRD)):
        assert today[place] == delivered[place]


def test_the_country_is_the_sum_of_either(stad):
    national = {point["peildatum"]: point["waarde"] for point in points_of(stad, SERIES + "?indicator=kinderen")}
    for how in ("aangeleverd", "huidig"):
        points = points_of(stad, f"{SERIES}?niveau=organisatie&indicator=kinderen&als={how}")
        for peildatum, total in national.items():
            assert sum(point["waarde"] for point in points if point["peildatum"] == peildatum) == total


def test_every_form_has_the_same_lines(stad):
    points = points_of(stad, LINES + "&als=huidig")
    expected = [(point["organisatie"], point["peildatum"], point["waarde"]) for point in points]
    rows = list(csv.DictReader(io.StringIO(stad.get(LINES + "&als=huidig&formaat=csv").text, newline="")))
    assert [(row["organisatie"], row["peildatum"], float(row["waarde"])) for row in rows] == expected
    heads, *cells = Workbook(stad.get(LINES + "&als=huidig&formaat=xlsx").body).sheets["Reeksen"]
    place, value = heads.index("Organisatie"), heads.index("Waarde")
    assert [(row[place], row[value]) for row in cells] == [(name, figure) for name, _, figure in expected]


def test_a_successor_sees_what_it_took_over(stad, gimon):
    successor = gimon.client(token_for(gimon, "c"))
    today = lines_of(successor, LINES + "&als=huidig")
    assert set(today) == {("c", FIRST), ("c", SECOND), ("c", THIRD)} and today["c", FIRST]["teller"] == 400
    assert set(lines_of(successor, LINES)) == {("c", SECOND), ("c", THIRD)}
    ended = gimon.client(token_for(gimon, "a"))
    assert lines_of(ended, LINES + "&als=huidig") == {}
    assert set(lines_of(ended, LINES)) == {("a", FIRST)}
    refused = ended.get(LINES + "&als=huidig&organisatie=a")
    assert refused.status == 400 and "mee bij c" in refused.json()["bevindingen"][0]["melding"]
    assert ended.get(LINES + "&als=huidig&organisatie=c").status == 403
    assert stad.get(SERIES + "?als=huidig").status == 400


def test_the_past_knows_the_organisations_of_its_time(workshop, folder):
    write(folder, {})
    gimon = workshop.gimon(definitions=folder).start()
    deliver_stad(gimon)
    analyst = gimon.client(workshop.token("analist"))
    named = "&editie=zomer&als=huidig"
    edition = {"naam": "zomer", "status": "definitief"}
    frozen = analyst.request("POST", f"{HERE}/edities", json.dumps(edition), Content_Type="application/json")
    assert frozen.status == 201, frozen.text
    before = analyst.get(LINES + "&als=huidig")
    in_edition = analyst.get(LINES + named)
    assert lines_of(analyst, LINES + "&als=huidig") == lines_of(analyst, LINES)
    assert gimon.stop() == 0

    write(folder, MERGED)
    analyst = gimon.start().client(workshop.token("analist"))
    assert ("a", FIRST) not in lines_of(analyst, LINES + "&als=huidig")
    kenmerk = frozen.json()["kenmerk"]
    again = analyst.get(LINES + f"&als=huidig&bekendOp={kenmerk}")
    assert (again.body, again.headers["ETag"]) == (before.body, before.headers["ETag"])
    again = analyst.get(LINES + named)
    assert (again.body, again.headers["ETag"]) == (in_edition.body, in_edition.headers["ETag"])


def test_two_instances_and_a_restart_say_the_same(workshop, folder):
    redis = workshop.redis().start()
    first = workshop.gimon("a", definitions=folder, redis=redis.address).start()
    deliver_stad(first)
    asked = LINES + "&als=huidig"
    answer = first.client(workshop.token("analist")).get(asked)
    other = workshop.gimon("b", definitions=folder, redis=redis.address).start()
    assert other.client(workshop.token("analist")).get(asked).body == answer.body
    assert first.stop() == 0
    assert first.start().client(workshop.token("analist")).get(asked).body == answer.body


@pytest.mark.parametrize(("name", "ended", "said"), [
    ("a", "opvolgers: [c]", "who has successors has ended"),
    ("a", "tot: 2023-12-31, opvolgers: [a]", "does not succeed itself"),
    ("a", "tot: 2023-12-31, opvolgers: [cc]", 'unknown organisation "cc"'),
    ("i", "tot: 2025-12-31, opvolgers: [g]", "a circle"),
    ("b", "tot: 2025-12-31, opvolgers: [h]", '"h" does not outlive'),
])
def test_check_says_what_no_succession_can_be(workshop, folder, name, ended, said):
    gimon = workshop.gimon(definitions=folder)
    done = run("check", "--config", gimon.config)
    assert (done.returncode, done.stderr) == (0, "")
    write(folder, {**MERGED, name: ended})
    lines = (folder / "organisaties.yaml").read_text(encoding="utf-8").splitlines()
    number = next(at for at, line in enumerate(lines, 1) if line.startswith(f"  {name}:"))
    done = run("check", "--config", gimon.config)
    assert done.returncode == 1
    assert any(f"organisaties.yaml:{number}:" in line and said in line for line in done.stderr.splitlines())


# ---- by one version of the definition ----

def test_one_version_for_all_peildata(stad):
    asked = SERIES + "?indicator=last,kinderen"
    in_force = {(point["indicator"], point["peildatum"]): point for point in points_of(stad, asked)}
    assert [in_force["last", peildatum]["reeksbreuk"] for peildatum in DELIVERED] == [False, True, False]

    first = {(point["indicator"], point["peildatum"]): point for point in points_of(stad, asked + "&definitie=1")}
    # 520/42; 513/43.5; without c, which has no fte: 120/12
    assert [first["last", peildatum]["waarde"] for peildatum in DELIVERED] == [12.4, 11.8, 10]
    assert first["last", THIRD]["respons"] == {"ontvangen": 3, "verwacht": 4}
    assert [first["last", peildatum].get("norm") for peildatum in DELIVERED] == [None, 12, 12]
    assert all(point["definitie"] == 1 and not point["reeksbreuk"] for point in first.values())

    second = {(point["indicator"], point["peildatum"]): point for point in points_of(stad, asked + "&definitie=2")}
    assert second["last", FIRST]["reden"] == "niet-aangeleverd"
    assert second["last", SECOND]["waarde"] == in_force["last", SECOND]["waarde"]
    assert not second["last", SECOND]["reeksbreuk"]
    assert {second["kinderen", peildatum]["reden"] for peildatum in DELIVERED} == {"andere-definitie"}
    refused = stad.get(asked + "&definitie=3")
    assert refused.status == 400
    finding, = refused.json()["bevindingen"]
    assert finding["plaats"] == "definitie" and "1 t/m 2" in finding["melding"]
    assert stad.get(SERIES + "?indicator=fte&definitie=2").status == 400


def test_every_form_has_the_version(stad):
    asked = SERIES + "?indicator=last&definitie=1"
    etags = {stad.get(asked).headers["ETag"], stad.get(SERIES + "?indicator=last").headers["ETag"],
             stad.get(SERIES + "?indicator=last&definitie=2").headers["ETag"]}
    assert len(etags) == 3
    rows = list(csv.DictReader(io.StringIO(stad.get(asked + "&formaat=csv").text, newline="")))
    assert [(row["waarde"], row["definitie"], row["reeksbreuk"]) for row in rows] == [
        ("12.4", "1", "false"), ("11.8", "1", "false"), ("10.0", "1", "false")]
    heads, *cells = Workbook(stad.get(asked + "&formaat=xlsx").body).sheets["Reeksen"]
    assert {row[heads.index("Definitie")] for row in cells} == {1}
    assert {row[heads.index("Reeksbreuk")] for row in cells} == {"nee"}
    assert stad.get(f"{HERE}/tabellen/stad?definitie=1").status == 400


def test_the_definition_explains_both_versions(stad):
    indicators = {each["indicator"]: each for each in stad.get(HERE).json()["indicatoren"]}
    first, second = indicators["last"]["versies"]
    assert (first["versie"], first["formule"], "vanaf" in first) == (1, "kinderen / fte", False)
    assert (second["versie"], second["formule"]) == (2, "36 × kinderen / uren")
    assert (second["vanaf"], second["reden"]) == ("2024-01-01", "In uren geteld.")


# ---- quartiles ----

GI = "/v1/monitors/gi"
BOUNDS = [f"workload_kwartiel_{number}" for number in (1, 2, 3)]
ASKED = f"{GI}/reeksen?indicator={','.join(BOUNDS)}"


@pytest.mark.parametrize("peildatum", PEILDATA)
def test_bounds_are_those_of_the_mirror_reports(analyst, peildatum):
    when = f"&van={peildatum}&tot={peildatum}"
    points = points_of(analyst, ASKED + when)
    bounds = [point["waarde"] for point in points]
    assert {point["noemer"] for point in points} == {13}
    own = sorted(point["waarde"] for point in points_of(
        analyst, f"{GI}/reeksen?niveau=organisatie&indicator=workload" + when))
    assert bounds == [own[3], own[6], own[9]]

    for organisation in ORGANISATIONS:
        report = analyst.get(delivery_path(peildatum, organisation) + "/spiegelrapport").json()
        rows = {row["indicator"]: row for row in report["indicatoren"]}
        assert not set(BOUNDS) & set(rows)
        passed = [bound for bound in bounds if rows["workload"]["waarde"] > bound]
        assert rows["workload"]["kwart"] == len(passed) + 1


def test_bounds_are_for_analysts(letter, analyst, access):
    gi = letter.with_token(access.tokens["jb-noord"])
    assert (gi.get(ASKED).status, letter.get(ASKED).status) == (403, 401)
    assert "alleen een analist" in gi.get(ASKED).json()["detail"]
    for client in (gi, letter):
        for path in (f"{GI}/reeksen", f"{GI}/reeksen?formaat=csv", f"{GI}/tabellen/ontwikkeling", "/metrics"):
            assert "_kwartiel_" not in client.get(path).text
        assert "workload_kwartiel_1" in {each["indicator"] for each in client.get(GI).json()["indicatoren"]}
    for below in ("/revisies", "/spiegelrapport"):
        assert "_kwartiel_" not in gi.get(delivery_path("2024-10-01", "jb-noord") + below).text
    assert len(points_of(letter.with_token(access.tokens["beheer"]), ASKED)) == 3 * len(PEILDATA)


def test_one_answer_is_not_kept_for_other_eyes(letter, analyst):
    """The country is the same for all but for the quartiles, so one tag is not the other's."""
    tags = [client.get(f"{GI}/reeksen").headers["ETag"] for client in (letter, analyst)]
    assert tags[0] != tags[1]
    assert letter.get(f"{GI}/reeksen", If_None_Match=tags[1]).status == 200


def test_bounds_at_each_level(analyst):
    page = analyst.get("/metrics").text
    for bound in BOUNDS:
        assert f'gi_{bound}{{niveau="landelijk"}}' in page
        assert f'gi_{bound}{{niveau="organisatie"' not in page
    regional = points_of(analyst, ASKED + "&niveau=regio&regio=JZ01")
    assert {point["reden"] for point in regional} <= {"geen-verdeling", "niet-aangeleverd"}
    assert analyst.get(ASKED + "&niveau=organisatie").status == 400
    assert "_kwartiel_" not in analyst.get(f"{GI}/reeksen?niveau=organisatie").text
