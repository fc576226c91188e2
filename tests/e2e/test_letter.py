"""The examples delivered through the API come back as the letter's figures, to the digit."""

import csv
import io

import pytest

from daemon import run
from examples import PEILDATA

TABLE = "/v1/monitors/gi/tabellen/ontwikkeling"
SERIES = "/v1/monitors/gi/reeksen"
NOT_IN_LETTER = None

# The table of the letter of 2 December 2024; the waiting list of 2024-10-01 follows the letter's text.
LETTER = {
    "clienten": ("34043", "33130", "32429", "32080", "31416"),
    "clienten_jeugdbescherming": (NOT_IN_LETTER,) * 3 + ("26670", "25827"),
    "workload": ("17.1", "16.3", "15.3", "14.2", "12.6"),
    "wachtlijst": ("2072", "1617", "1498", "1343", "1496"),
    "wachtlijst_start": (NOT_IN_LETTER,) * 3 + ("518", "589"),
    "wachtlijst_intern": (NOT_IN_LETTER,) * 3 + ("825", "907"),
    "wachttijd_start": (NOT_IN_LETTER,) * 3 + ("34", "29"),
    "wachttijd_intern": (NOT_IN_LETTER,) * 3 + ("47", "76"),
    "fte": (NOT_IN_LETTER,) * 3 + ("2556", "2604"),
    "verloop": (NOT_IN_LETTER,) * 3 + ("15.7", "15.5"),
    "verzuim": (NOT_IN_LETTER,) * 3 + ("7.0", "6.8"),
}
# How a Dutch reader writes them, in the order of the table's columns.
IN_DUTCH = {
    "Kinderen en jeugdigen": ["34.043", "33.130", "32.429", "32.080", "31.416"],
    "Workload per fte": ["17,1", "16,3", "15,3", "14,2", "12,6"],
    "Wachtlijst": ["2.072", "1.617", "1.498", "1.343", "1.496"],
}


def held_against_letter(found):
    """{indicator: values as text} against the letter, where the letter has a figure."""
    for indicator, figures in LETTER.items():
        for peildatum, expected, value in zip(PEILDATA, figures, found[indicator]):
            if expected is not NOT_IN_LETTER:
                assert value == expected, f"{indicator} on {peildatum}"


def markdown_rows(text):
    """{first cell: other cells} of the table in a Markdown document, marks of emphasis left out."""
    rows = {}
    for line in text.splitlines():
        if line.startswith("|"):
            name, *cells = [cell.strip().strip("*") for cell in line.strip().strip("|").split("|")]
            rows[name] = cells
    return rows


def assert_dutch(text):
    """A Markdown table that has the letter's figures; a cell may carry a mark after its figure."""
    rows = markdown_rows(text)
    for name, figures in IN_DUTCH.items():
        found = next(cells for row, cells in rows.items() if row.split(" (")[0] == name)
        assert [cell.split()[0] for cell in found if cell[:1].isdigit()] == figures, name


def test_table_as_json_has_the_letters_figures(letter):
    answer = letter.get(TABLE)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    table = answer.json()
    assert tuple(table["kolommen"]) == PEILDATA
    for row in table["rijen"]:
        expected = LETTER.get(row["indicator"], (NOT_IN_LETTER,) * 5)
        for cell, figure in zip(row["cellen"], expected):
            assert figure is NOT_IN_LETTER or cell["waarde"] == float(figure), row["indicator"]
    assert {row["indicator"] for row in table["rijen"]} >= set(LETTER)


def test_table_as_csv_has_the_letters_figures(letter):
    answer = letter.get(TABLE, Accept="text/csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert tuple(rows[0][-5:]) == PEILDATA
    held_against_letter({row[0]: row[-5:] for row in rows[1:]})


def test_table_as_dutch_csv_has_semicolons_and_decimal_commas(letter):
    answer = letter.get(TABLE + "?formaat=csv&taal=nl")
    rows = list(csv.reader(io.StringIO(answer.text, newline=""), delimiter=";"))
    held_against_letter({row[0]: [value.replace(",", ".") for value in row[-5:]] for row in rows[1:]})
    assert "12,6" in answer.text and "12.6" not in answer.text


def test_table_as_markdown_is_in_dutch_notation(letter):
    answer = letter.get(TABLE + "?formaat=md")
    assert answer.headers["Content-Type"].startswith("text/markdown")
    assert_dutch(answer.text)


def test_report_prints_the_letters_table(letter):
    done = run("report", "ontwikkeling", "--url", letter.address, "--monitor", "gi")
    assert done.returncode == 0, done.stderr
    assert_dutch(done.stdout)


@pytest.mark.parametrize("indicator, figures", [
    # what the letter says of 2024-04-01 and 2024-10-01
    ("clienten.jeugdbescherming", (26670, 25827)),
    ("clienten_jeugdbescherming", (26670, 25827)),
    ("fte", (2556, 2604)),
    ("wachtlijst_start", (518, 589)),
    ("wachtlijst_intern", (825, 907)),
    ("wachttijd_start", (34, 29)),
    ("wachttijd_intern", (47, 76)),
    ("wachttijd", (42, 57.5)),
    ("verloop", (15.7, 15.5)),
    ("verzuim", (7, 6.8)),
    ("wachtlijst_aandeel", (4.19, 4.76)),
])
def test_series_has_the_letters_figure(letter, indicator, figures):
    answer = letter.get(f"{SERIES}?indicator={indicator}&van=2024-04-01&tot=2024-10-01")
    points = answer.json()["reeksen"]
    assert [point["peildatum"] for point in points] == ["2024-04-01", "2024-10-01"]
    assert tuple(point["waarde"] for point in points) == figures


def test_a_point_can_be_defended(letter):
    answer = letter.get(f"{SERIES}?indicator=workload&van=2024-10-01")
    assert answer.json()["reeksen"] == [{
        "indicator": "workload", "niveau": "landelijk", "peildatum": "2024-10-01", "waarde": 12.6,
        "teller": 31416, "noemer": 2493.3, "definitie": 2, "reeksbreuk": True, "norm": 12.8,
        "respons": {"ontvangen": 13, "verwacht": 13}, "status": "voorlopig"}]


def test_before_the_norm_held_there_is_none(letter):
    answer = letter.get(f"{SERIES}?indicator=workload,fte_tekort&tot=2023-10-01")
    workload, shortage = [point for point in answer.json()["reeksen"]
                          if point["peildatum"] == "2023-10-01"]
    assert "norm" not in workload and workload["waarde"] == 15.3 and not workload["reeksbreuk"]
    assert "waarde" not in shortage and shortage["reden"] == "geen-norm"


def test_series_as_csv_has_the_agreed_header_and_all_decimals(letter):
    answer = letter.get(f"{SERIES}?indicator=verzuim&van=2024-04-01&tot=2024-04-01", Accept="text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert ",".join(rows[0]) == (
        "indicator,niveau,organisatie,regio,peildatum,waarde,teller,noemer,definitie,reeksbreuk,norm,"
        "responsOntvangen,responsVerwacht,status,reden")
    assert [row["waarde"] for row in rows] == ["7.0"]


def test_figures_of_organisations_add_up_to_the_national_one(analyst):
    answer = analyst.get(f"{SERIES}?indicator=clienten&niveau=organisatie&van=2024-10-01")
    values = [point["waarde"] for point in answer.json()["reeksen"]]
    assert len(values) == 13 and sum(values) == 31416


def test_figures_of_organisations_need_a_token(letter):
    answer = letter.get(f"{SERIES}?indicator=clienten&niveau=organisatie")
    assert answer.status == 401
    assert "WWW-Authenticate" in answer.headers


def test_a_known_etag_gives_304_without_a_body(letter):
    first = letter.get(TABLE)
    again = letter.get(TABLE, If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["API-Version"] == first.headers["API-Version"]


@pytest.mark.parametrize("path, part", [
    ("/v1/monitors", "gi"), ("/v1/monitors/gi", "workload"), ("/v1/organisaties", "jb-noord"),
    ("/v1/organisaties/jb-noord", "Jeugdbescherming Noord"), ("/v1/regios", "JZ43"),
])
def test_the_register_and_the_definitions_are_open(letter, path, part):
    answer = letter.get(path)
    assert answer.status == 200 and part in answer.text
    assert answer.headers["API-Version"].count(".") == 2
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_rose_and_what_fell(letter):
    """Jeugdbescherming fell 3,2 % and jeugdreclassering rose 3,3 %; workload breaks there, so it did neither."""
    table = letter.get("/v1/monitors/gi/tabellen/verandering").json()
    newest = {row["indicator"]: row["cellen"][-1]["verandering"] for row in table["rijen"]}
    assert newest["clienten_jeugdbescherming"] == {
        "van": 26670, "naar": 25827, "absoluut": -843, "procent": -3.2, "organisaties": 13}
    assert newest["clienten_jeugdreclassering"] == {
        "van": 5410, "naar": 5589, "absoluut": 179, "procent": 3.3, "organisaties": 13}
    assert newest["workload"] == {"organisaties": 0, "reden": "andere-definitie"}
    assert newest["verloop"] == {"van": 15.7, "naar": 15.5, "absoluut": -0.2, "organisaties": 13}
    assert not any("verandering" in row["cellen"][0] for row in table["rijen"])
    assert "verandering" not in letter.get(TABLE).text
