"""Regions: what is attributed to none is shown, tables by region and organisation read alike in every form."""

import csv
import io
import json
import re
from collections import defaultdict

import pytest

from examples import ORGANISATIONS, PEILDATA, deliver, deliver_all, example
from test_mirror import assert_page
from test_workbook import as_book, as_libreoffice_shows, padded, plain
from workshop import Workshop

SERIES = "/v1/monitors/gi/reeksen"
TABLE = "/v1/monitors/gi/tabellen/regios"
MEMBERS = "/v1/monitors/gi/tabellen/organisaties"
REST = "niet-toegedeeld"
DAY = "2024-10-01"
SUMS = ("clienten", "clienten_jeugdbescherming", "fte", "wachtlijst", "wachtlijst.start.dagen")
GIVERS = ORGANISATIONS[::2]


def by_region(delivery, regions):
    """The same delivery with its clients, staff and waiting list over regions; a part of each is in none."""
    figures, given = delivery["cijfers"], {}
    for place, region in enumerate(regions):
        first = place == 0
        given[region] = {
            "clienten": {part: count // (len(regions) + 1) for part, count in figures["clienten"].items()},
            "fte": {part: int(float(fte)) // (len(regions) + 1) for part, fte in figures["fte"].items()},
            "wachtlijst": {part: waiting[:1] if first and isinstance(waiting, list) else []
                           for part, waiting in figures["wachtlijst"].items()},
        }
    return {**delivery, "regios": given}


@pytest.fixture(scope="module")
def split(access):
    """An analyst's client of a daemon where half of the organisations delivered the newest peildatum by region."""
    shop = Workshop(access)
    daemon = shop.gimon().start()
    gi = daemon.client(shop.token("gi"))
    deliver_all(gi)
    register = {one["organisatie"]: one.get("regios", []) for one in gi.get("/v1/organisaties").json()["organisaties"]}
    for name in GIVERS:
        answer = deliver(gi, DAY, name, by_region(example(DAY, name), register[name] or ["JZ01", "JZ13"]))
        assert answer.status == 200, answer.text
    yield daemon.client(shop.token("analist"))
    shop.close()


def points(client, query):
    return client.get(f"{SERIES}?{query}").json()["reeksen"]


def test_regions_and_what_is_in_none_are_the_country(split):
    sums = defaultdict(lambda: [0, 0])
    names = ",".join(SUMS)
    for point in points(split, f"niveau=regio&indicator={names}"):
        sums[point["indicator"], point["peildatum"]][0] += point.get("teller", 0)
    for point in points(split, f"indicator={names}"):
        sums[point["indicator"], point["peildatum"]][1] += point["teller"]
    assert len(sums) == len(SUMS) * len(PEILDATA)
    for place, (regions, country) in sums.items():
        assert regions == pytest.approx(country, abs=1e-9), place
    rest = points(split, f"niveau=regio&indicator=clienten&regio={REST}&van={DAY}")
    assert [point["regio"] for point in rest] == [REST]
    assert 0 < rest[0]["waarde"] < 31416
    assert rest[0]["respons"] == {"ontvangen": 13, "verwacht": 13}


def test_without_regions_all_of_it_is_in_none(split):
    national = points(split, "indicator=clienten,workload&tot=2023-10-01")
    rest = points(split, f"niveau=regio&indicator=clienten,workload&tot=2023-10-01&regio={REST}")
    assert [point["waarde"] for point in rest] == [point["waarde"] for point in national]
    # who leaves and who is sick is not delivered by region, so there is nothing to be left
    assert points(split, f"niveau=regio&indicator=verloop&regio={REST}") == []


def test_metrics_add_up_over_regions(split):
    lines = re.findall(r'^gi_clienten\{niveau="(\w+)"(?:,regio="([^"]+)")?\} (\S+)$',
                       split.get("/metrics").text, re.MULTILINE)
    found = {place or level: float(value) for level, place, value in lines}
    country = found.pop("landelijk")
    assert found[REST] > 0
    assert sum(found.values()) == country == 31416


def rows_of(client, path):
    return client.get(path).json()["rijen"]


def values_of(row):
    return [cell.get("waarde") for cell in row["cellen"]]


def test_a_table_by_region_in_json(split):
    table = split.get(TABLE).json()
    rows = table["rijen"]
    assert table["tabel"]["niveau"] == "regio"
    clients = [row for row in rows if row["indicator"] == "clienten"]
    assert [row.get("regio") for row in clients[-2:]] == [REST, None]
    assert clients[-1]["niveau"] == "landelijk"
    assert sum(values_of(row)[-1] for row in clients[:-1]) == values_of(clients[-1])[-1] == 31416
    shown = {row["regio"] for row in clients[:-2]}
    every = {one["regio"] for one in split.get("/v1/regios").json()["regios"]}
    assert shown and not shown & set(table["regiosZonderCijfers"])
    assert shown | set(table["regiosZonderCijfers"]) == every
    # the table says what the series says
    asked = points(split, "niveau=regio&indicator=clienten")
    series = defaultdict(list)
    for point in asked:
        series[point["regio"]].append(point.get("waarde"))
    for row in clients[:-1]:
        assert values_of(row) == series[row["regio"]], row["regio"]


def test_the_same_table_as_csv(split):
    text = split.get(f"{TABLE}?formaat=csv").text
    found = list(csv.reader(io.StringIO(text)))
    assert found[0] == ["indicator", "naam", "eenheid", "regio", "regioNaam", *PEILDATA]
    rows = rows_of(split, TABLE)
    assert len(found) == len(rows) + 1
    for line, row in zip(found[1:], rows):
        assert line[0] == row["indicator"] and line[3] == row.get("regio", "")
        assert line[4] == row.get("regioNaam", "Landelijk")
        assert [float(cell) if cell else None for cell in line[5:]] == values_of(row)
    dutch = list(csv.reader(io.StringIO(split.get(f"{TABLE}?formaat=csv&taal=nl").text), delimiter=";"))
    assert [[cell.replace(",", ".") for cell in line[5:]] for line in dutch[1:]] == [line[5:] for line in found[1:]]


def test_the_same_table_as_a_workbook(split):
    sheet = as_book(split.get(f"{TABLE}?formaat=xlsx")).sheets["Tabel"]
    assert sheet[0][:4] == ["Indicator", "Eenheid", "Regio", "Naam"]
    rows = rows_of(split, TABLE)
    assert len(sheet) == len(rows) + 1
    for line, row in zip(sheet[1:], rows):
        assert padded(line, len(sheet[0]))[4:] == values_of(row)


def test_libreoffice_shows_the_same_numbers(split, tmp_path):
    """With all decimals, as the CSV has them; that has the id of an indicator too, in front."""
    words = {"regios": 5, "verandering": 3}  # before the numbers
    paths = {table: f"/v1/monitors/gi/tabellen/{table}" for table in words}
    shown = as_libreoffice_shows(tmp_path, **{table: split.get(f"{path}?formaat=xlsx").body
                                              for table, path in paths.items()})
    for table, path in paths.items():
        given = list(csv.reader(io.StringIO(split.get(f"{path}?formaat=csv").text)))
        assert len(shown[table]) == len(given) > 10
        for line, row in zip(shown[table][1:], given[1:]):
            assert [plain(cell) for cell in line[words[table] - 1:]] == row[words[table]:]


def test_the_same_table_for_people(split):
    text = split.get(f"{TABLE}?formaat=md").text
    assert text.startswith("# Werkomvang, werklast en wachtlijsten per jeugdzorgregio\n\nGI-monitor, per regio; ")
    assert text.count("\n## ") == 3 and text.count("| Niet toegedeeld") == 3 and text.count("| Landelijk") == 3
    page = assert_page(split.get(f"{TABLE}?formaat=html"))
    cells = [[text for _, text in row] for row in page.tables[0]]
    assert [row[0] for row in cells[:2]] == ["Regio", "Kinderen en jeugdigen (maatregelen)"]
    for row in rows_of(split, TABLE):
        name = row.get("regioNaam", "Landelijk")
        assert f"| {name} " in text
        assert any(cell[0] == name for cell in cells)


def test_a_table_by_organisation(split):
    rows = [row for row in rows_of(split, MEMBERS) if row["indicator"] == "clienten"]
    assert [row.get("organisatie") for row in rows[:-1]] == [
        one["organisatie"] for one in split.get("/v1/organisaties").json()["organisaties"]
        if "gi" in one["monitors"]]
    assert sum(values_of(row)[-1] for row in rows[:-1]) == values_of(rows[-1])[-1] == 31416


def test_who_sees_which_table(split, access):
    public, own = split.with_token(None), split.with_token(access.tokens["jb-noord"])
    for path in (TABLE, MEMBERS):
        assert public.get(path).status == 401
    assert own.get(TABLE).status == 403
    rows = rows_of(own, MEMBERS)
    assert {row.get("organisatie") for row in rows} == {"jb-noord", None}
    assert own.get(MEMBERS).headers["ETag"] != split.get(MEMBERS).headers["ETag"]
    assert "verandering" in json.dumps(public.get("/v1/monitors/gi/tabellen/verandering").json())
