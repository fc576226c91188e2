"""A questionnaire that the program has never heard of: text in two files, and everything works."""

import csv
import io
import re
import signal
import subprocess

import pytest

from daemon import run
from examples import deliver
from polling import until

HERE = "/v1/monitors/leeszaal"

MONITOR = """
monitor: leeszaal
naam: Leeszaalmonitor
bronnen:
  nota: {titel: Nota over lezen, datum: 2025-01-15}
cijfers:
  bezoek:
    naam: Bezoek
    soort: aantal
    eenheid: bezoeken
    verplicht: true
    regios: overlapt
    delen:
      jeugd: {naam: Jeugd}
      volwassen: {naam: Volwassenen}
  bezoekTotaal: {naam: Bezoek volgens de teller bij de deur, soort: aantal, eenheid: bezoeken}
  uren: {naam: Open, soort: getal, decimalen: 1, eenheid: uren}
  reservering: {naam: Gereserveerd, soort: wachttijd, eenheid: boeken, drempel: 2}
  tevreden: {naam: Tevreden, soort: opgave, decimalen: 1, eenheid: "%", hoogstens: 100}
indicatoren:
  bezoek: {naam: Bezoek, eenheid: bezoeken, versies: [{soort: som, teller: [bezoek]}]}
  drukte:
    naam: Bezoek per uur
    eenheid: bezoeken per uur
    decimalen: 1
    versies:
      - {soort: verhouding, teller: [bezoek], noemer: [uren]}
  reserveringstijd:
    naam: Gemiddelde tijd van een reservering
    eenheid: dagen
    decimalen: 1
    versies: [{soort: verhouding, teller: [reservering.dagen], noemer: [reservering]}]
  tevreden: {naam: Tevreden, eenheid: "%", decimalen: 1, versies: [{soort: som, teller: [tevreden]}]}
normen:
  - {indicator: drukte, waarde: 25, vanaf: 2025-02-01, bron: nota}
peildata:
  - {datum: 2025-01-31, periode: maand}
  - {datum: 2025-03-31, periode: twee maanden}
controles:
  - code: bezoek-som
    soort: gelijk
    ernst: toelichting-vereist
    links: [bezoek]
    rechts: [bezoekTotaal]
    wat: Jeugd en volwassenen zijn samen niet wat de teller bij de deur zegt.
    doe: Leg onder bezoek-som uit hoe dat komt.
tabellen:
  lezen:
    naam: Lezen in cijfers
    bron: nota
    rijen:
      - {indicator: bezoek}
      - {indicator: drukte}
      - {indicator: reserveringstijd, naam: Wachten op een boek, decimalen: 0}
      - {indicator: tevreden}
"""
ORGANISATIONS = """
  leeszaal-oost: {naam: Leeszaal Oost, monitors: [leeszaal], vanaf: 2025-01-01}
  leeszaal-west: {naam: Leeszaal West, monitors: [leeszaal], vanaf: 2025-01-01}
"""
EAST = {"cijfers": {"bezoek": {"jeugd": 400, "volwassen": 600}, "bezoekTotaal": 1000, "uren": 40.5,
                    "reservering": [{"sinds": "2025-01-20", "aantal": 2}, {"sinds": "2025-01-30", "aantal": 9}],
                    "tevreden": 81.5},
        "regios": {"JZ13": {"bezoek": {"jeugd": 390, "volwassen": 580}},
                   "JZ29": {"bezoek": {"jeugd": 30, "volwassen": 40}}}}
WEST = {"cijfers": {"bezoek": {"jeugd": 120, "volwassen": 80}, "bezoekTotaal": 230, "uren": 9.5,
                    "reservering": {"aantal": 1, "dagen": 14}},
        "toelichtingen": {"bezoek-som": "De teller heeft ook de bezorgers geteld."}}


def path_of(peildatum, organisation):
    return f"{HERE}/peildata/{peildatum}/aanleveringen/{organisation}"


def add_to(folder):
    """Text in two files: that is all there is to it."""
    (folder / "monitors" / "leeszaal.yaml").write_text(MONITOR, encoding="utf-8")
    with open(folder / "organisaties.yaml", "a", encoding="utf-8") as register:
        register.write(ORGANISATIONS)


def new_token(gimon):
    """One that may deliver for both reading rooms."""
    done = run("token", "new", "--config", gimon.config, "--name", "leeszalen", "--role", "gi",
               "--organisatie", "leeszaal-oost", "--organisatie", "leeszaal-west")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def added(own_conf):
    """The definitions with the questionnaire and its organisations."""
    add_to(own_conf)
    return own_conf


@pytest.fixture
def gimon(workshop, added):
    return workshop.gimon(definitions=added).start()


@pytest.fixture
def client(gimon):
    """May deliver for both reading rooms."""
    return gimon.client(new_token(gimon))


@pytest.fixture
def delivered(client):
    for organisation, delivery in (("leeszaal-oost", EAST), ("leeszaal-west", WEST)):
        answer = client.put_json(path_of("2025-01-31", organisation), delivery)
        assert answer.status == 201, answer.text
    return client


def test_check_accepts_it_and_says_where_a_slip_is(workshop, added):
    gimon = workshop.gimon(definitions=added)
    done = run("check", "--config", gimon.config)
    assert (done.returncode, done.stderr) == (0, "")
    assert "6 monitors, 17 organisations" in done.stdout
    file = added / "monitors" / "leeszaal.yaml"
    wrong = MONITOR.replace("soort: opgave", "soort: opgaaf")
    line = wrong[:wrong.index("opgaaf")].count("\n") + 1
    file.write_text(wrong, encoding="utf-8")
    done = run("check", "--config", gimon.config)
    assert done.returncode == 1
    assert f"leeszaal.yaml:{line}:" in done.stderr and '"opgave"' in done.stderr


def ids(client):
    return [monitor["monitor"] for monitor in client.get("/v1/monitors").json()["monitors"]]


def reload(gimon, client):
    """SIGHUP, and the metric's word on it once it is done."""
    before = gimon.said().count("read anew")
    gimon.signal(signal.SIGHUP)
    until(lambda: gimon.said().count("read anew") > before, 30, "the reload is done or refused")
    return re.search(r"^gimon_config_last_reload_successful (\d)", client.get("/metrics").text,
                     re.MULTILINE).group(1)


def test_it_is_added_to_what_runs_without_a_restart(workshop, own_conf):
    gimon = workshop.gimon(definitions=own_conf).start()
    gi = gimon.client(workshop.token("gi"))
    assert deliver(gi).status == 201
    assert gi.get(HERE).status == 404
    process = gimon.process.pid
    add_to(own_conf)
    assert reload(gimon, gi) == "1"
    assert gi.answers("/readyz") and deliver(gi).json()["uitkomst"] == "ongewijzigd", "the others go on"
    until(lambda: gi.get(HERE).status == 200, 30, "it is served")
    assert gi.get(HERE).json()["naam"] == "Leeszaalmonitor"
    rooms = gimon.client(new_token(gimon))
    answer = rooms.put_json(path_of("2025-01-31", "leeszaal-oost"), EAST)
    assert (answer.status, answer.json()["revisie"]) == (201, 1)
    page = gimon.client(workshop.token("analist")).get("/metrics").text
    assert 'leeszaal_bezoek{niveau="landelijk"} 1000' in page
    assert re.search(r'^gimon_log_entries{monitor="leeszaal"} 2$', page, re.MULTILINE)
    assert gi.get("/v1/organisaties/leeszaal-oost").status == 200
    points = gi.get("/v1/monitors/gi/reeksen?indicator=clienten&van=2024-10-01").json()["reeksen"]
    assert points[0]["respons"] == {"ontvangen": 1, "verwacht": 13}, "who reads is expected elsewhere"
    assert gimon.process.pid == process and gimon.process.poll() is None


def test_what_was_added_is_the_same_after_a_restart(workshop, own_conf):
    gimon = workshop.gimon(definitions=own_conf).start()
    gi = gimon.client(workshop.token("gi"))
    add_to(own_conf)
    assert reload(gimon, gi) == "1"
    until(lambda: gi.get(HERE).status == 200, 30, "it is served")
    assert ids(gi) == ["gi", "leeszaal", "ot", "tarief", "uhp-kot", "zij-instroom"]
    rooms = gimon.client(new_token(gimon))
    assert rooms.put_json(path_of("2025-01-31", "leeszaal-oost"), EAST).status == 201
    paths = ("/v1/monitors", HERE, "/v1/organisaties", f"{HERE}/reeksen", f"{HERE}/tabellen/lezen")
    before = [(gi.get(path).body, gi.get(path).headers["ETag"]) for path in paths]
    assert gimon.stop() == 0
    again = gimon.start().client(workshop.token("gi"))
    assert [(again.get(path).body, again.get(path).headers["ETag"]) for path in paths] == before


def test_it_is_added_once_redis_is_back(workshop, own_conf):
    redis = workshop.redis().start()
    gimon = workshop.gimon(redis=redis.address, definitions=own_conf).start()
    gi = gimon.client(workshop.token("gi"))
    redis.kill()
    add_to(own_conf)
    assert reload(gimon, gi) == "1"
    assert (gi.get(HERE).status, gi.answers("/readyz"), gi.get("/v1/monitors").status) == (404, True, 200)
    redis.start()
    until(lambda: gi.get(HERE).status == 200, 30, "it is served")
    assert len(ids(gi)) == 6


def test_a_monitor_is_not_taken_away_by_a_reload(workshop, added):
    gimon = workshop.gimon(definitions=added).start()
    gi = gimon.client(workshop.token("gi"))
    register = added / "organisaties.yaml"
    (added / "monitors" / "leeszaal.yaml").unlink()
    register.write_text(register.read_text(encoding="utf-8").replace(ORGANISATIONS, "\n"), encoding="utf-8")
    assert reload(gimon, gi) == "0"
    lines = [line for line in gimon.said().splitlines() if "monitor=leeszaal" in line and "restart" in line]
    assert len(lines) == 1 and "put the file back" in lines[0]
    assert gi.get(HERE).status == 200
    (added / "monitors" / "leeszaal.yaml").write_text(MONITOR, encoding="utf-8")
    assert reload(gimon, gi) == "1"
    (added / "monitors" / "leeszaal.yaml").unlink()
    assert gimon.stop() == 0
    again = gimon.start().client(workshop.token("gi"))
    assert again.get(HERE).status == 404 and len(ids(again)) == 5


def test_a_delivery_is_held_against_its_checks(client):
    unexplained = {"cijfers": WEST["cijfers"]}
    refused = client.put_json(path_of("2025-01-31", "leeszaal-west"), unexplained)
    assert refused.status == 400
    finding, = [finding for finding in refused.json()["bevindingen"] if finding["ernst"] != "waarschuwing"]
    assert (finding["code"], finding["waarde"], finding["verwacht"]) == ("bezoek-som", 200, "230")
    assert finding["melding"].startswith("Jeugd en volwassenen zijn samen niet")
    assert client.put_json(path_of("2025-01-31", "leeszaal-west"), WEST).status == 201
    assert client.put_json(path_of("2025-01-31", "jb-noord"), EAST).status == 403


def test_series_have_its_figures(delivered):
    where = f"{HERE}/reeksen?van=2025-01-31&tot=2025-01-31&indicator="
    points = delivered.get(where + "bezoek,drukte,reserveringstijd,tevreden,bezoek.jeugd").json()["reeksen"]
    values = {point["indicator"]: point.get("waarde") for point in points}
    # 1200 / 50; three books wait more than two working days: 2 x 11 and 14 days
    assert values == {"bezoek": 1200, "drukte": 24, "reserveringstijd": 12, "tevreden": 81.5,
                      "bezoek.jeugd": 520}
    own = delivered.get(where + "tevreden&niveau=organisatie&organisatie=leeszaal-west").json()["reeksen"]
    assert [point.get("reden") for point in own] == ["niet-aangeleverd"]


def test_its_table_is_published_in_every_form(delivered):
    table = f"{HERE}/tabellen/lezen"
    page = delivered.get(table + "?formaat=md").text
    assert "# Lezen in cijfers" in page and "1.200" in page
    assert "31 januari 2025: maand vanaf 1 januari 2025." in page
    assert "31 maart 2025: twee maanden vanaf 1 februari 2025." in page
    assert "Leeszaalmonitor" in delivered.get(table + "?formaat=html").text
    rows = list(csv.reader(io.StringIO(delivered.get(table, Accept="text/csv").text, newline="")))
    assert rows[0] == ["indicator", "naam", "eenheid", "2025-01-31", "2025-03-31"]
    assert rows[3] == ["reserveringstijd", "Wachten op een boek", "dagen", "12", ""]


def test_metrics_carry_its_name_and_promtool_agrees(delivered, workshop):
    analyst = delivered.with_token(workshop.token("analist"))
    page = analyst.get("/metrics")
    found = dict(line.rsplit(" ", 1) for line in page.text.splitlines() if not line.startswith("#"))
    assert found['leeszaal_bezoek{niveau="landelijk"}'] == "1200"
    assert found['leeszaal_drukte{niveau="organisatie",organisatie="leeszaal-west"}'] == "21.1"
    assert found['leeszaal_bezoek{niveau="regio",regio="JZ29"}'] == "70"
    assert found['leeszaal_tevreden_ratio{niveau="landelijk"}'] == "0.815"
    assert found["leeszaal_respons_ontvangen"] == "2"
    done = subprocess.run(["promtool", "check", "metrics"], input=page.body, capture_output=True,
                          timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_reload_takes_the_next_peildatum_with_another_period(delivered, gimon, added):
    file = added / "monitors" / "leeszaal.yaml"
    last = "  - {datum: 2025-03-31, periode: twee maanden}\n"
    ratio = "      - {soort: verhouding, teller: [bezoek], noemer: [uren]}\n"
    text = MONITOR.replace(last, last + "  - {datum: 2025-06-30, periode: kwartaal}\n").replace(
        ratio, ratio + "      - {vanaf: 2025-06-30, soort: verhouding, teller: [bezoek.volwassen], "
                       "noemer: [uren], reden: De jeugd telt apart.}\n")
    file.write_text(text, encoding="utf-8")
    gimon.signal(signal.SIGHUP)
    until(lambda: "2025-06-30" in delivered.get(HERE).text, 30, "the new peildatum is known")
    later = {"cijfers": {**EAST["cijfers"], "reservering": []}}
    assert delivered.put_json(path_of("2025-06-30", "leeszaal-oost"), later).status == 201
    points = delivered.get(f"{HERE}/reeksen?indicator=drukte").json()["reeksen"]
    assert [point.get("waarde") for point in points] == [24, None, 14.8]
    assert [point["reeksbreuk"] for point in points] == [False, False, True]
    assert [point.get("norm") for point in points] == [None, 25, 25]
    periods = delivered.get(f"{HERE}/tabellen/lezen").json()["perioden"]
    assert [(period["periode"], period["van"]) for period in periods] == [
        ("maand", "2025-01-01"), ("twee maanden", "2025-02-01"), ("kwartaal", "2025-04-01")]
