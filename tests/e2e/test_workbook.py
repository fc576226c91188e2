"""Tables and series as workbooks: real numbers and dates, explained on a second sheet, the same bytes every time."""

import csv
import io
import os
import subprocess
import threading
from datetime import date
from email.utils import parsedate_to_datetime

from daemon import BINARY, ENVIRONMENT
from examples import PEILDATA, deliver
from workbook import Workbook

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLE = "/v1/monitors/gi/tabellen/ontwikkeling"
SERIES = "/v1/monitors/gi/reeksen"


def as_book(answer):
    assert answer.status == 200
    assert answer.headers["Content-Type"] == TYPE
    return Workbook(answer.body)


def padded(row, count):
    return row + [None] * (count - len(row))


def figures_of(client):
    """{name: values} of the table's JSON, in its order."""
    table = client.get(TABLE).json()
    return {row["naam"]: [cell.get("waarde") for cell in row["cellen"]] for row in table["rijen"]}


def test_a_table_has_the_numbers_of_its_json(letter):
    sheet = as_book(letter.get(TABLE, Accept=TYPE)).sheets["Tabel"]
    days = [date.fromisoformat(peildatum) for peildatum in PEILDATA]
    assert sheet[0] == ["Indicator", "Eenheid", *days]
    found = {row[0]: padded(row, len(sheet[0]))[2:] for row in sheet[1:]}
    assert found == figures_of(letter)
    assert 12.6 in found["Workload per fte"]


def test_a_series_has_every_point_of_its_json(analyst):
    query = "?niveau=organisatie&indicator=workload,wachttijd_start,clienten.jeugdbescherming"
    sheet = as_book(analyst.get(f"{SERIES}{query}&formaat=xlsx")).sheets["Reeksen"]
    points = analyst.get(SERIES + query).json()["reeksen"]
    assert len(sheet) == len(points) + 1 > 100
    for row, point in zip(sheet[1:], points):
        cells = dict(zip(sheet[0], padded(row, len(sheet[0]))))
        assert (cells["Indicator"], cells["Organisatie"]) == (point["indicator"], point["organisatie"])
        assert cells["Peildatum"] == date.fromisoformat(point["peildatum"])
        for heading, key in (("Waarde", "waarde"), ("Teller", "teller"), ("Noemer", "noemer"),
                             ("Definitie", "definitie"), ("Norm", "norm"), ("Reden", "reden")):
            assert cells[heading] == point.get(key), (heading, point)
        assert cells["Reeksbreuk"] == ("ja" if point["reeksbreuk"] else "nee")
        assert cells["Respons ontvangen"] == point["respons"]["ontvangen"]


def test_the_second_sheet_defines_every_indicator(letter):
    guide = as_book(letter.get(f"{TABLE}?formaat=xlsx")).sheets["Toelichting"]
    monitor = letter.get("/v1/monitors/gi").json()
    shown = {row["indicator"] for row in letter.get(TABLE).json()["rijen"]}
    begin = next(number for number, row in enumerate(guide) if row[:2] == ["Indicator", "Naam"])
    rows = {(row[0], row[3]): dict(zip(guide[begin], padded(row, len(guide[begin]))))
            for row in guide[begin + 1:] if len(row) > 5}
    for indicator in monitor["indicatoren"]:
        for version in indicator["versies"] if indicator["indicator"] in shown else ():
            row = rows[indicator["indicator"], version["versie"]]
            assert row["Formule"] == version["formule"]
            assert row["Reden van de reeksbreuk"] == version.get("reden")
    assert rows["workload", 2]["Vanaf peildatum"] == date(2024, 10, 1)
    assert any(row[0] == "workload" and row[3:5] == [12.8, date(2023, 10, 23)] for row in guide if row)
    assert any("Verzamelbrief" in str(cell) for row in guide[:begin] for cell in row)


def test_equal_questions_get_equal_bytes(letter):
    """Nothing in the file but the log and the question: no clock, no order of arrival."""
    answers, asked = [], [f"{TABLE}?formaat=xlsx", f"{SERIES}?formaat=xlsx"] * 6
    threads = [threading.Thread(target=lambda path=path: answers.append((path, letter.get(path))))
               for path in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(asked)
    for path in set(asked):
        assert len({answer.body for asked_path, answer in answers if asked_path == path}) == 1
    book = as_book(answers[0][1])
    newest = parsedate_to_datetime(answers[0][1].headers["Last-Modified"])
    assert book.created() == newest.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert {entry.date_time for entry in book.archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_who_has_it_gets_304_and_head_gets_no_body(letter):
    first = letter.get(f"{TABLE}?formaat=xlsx")
    again = letter.get(f"{TABLE}?formaat=xlsx", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    head = letter.request("HEAD", f"{TABLE}?formaat=xlsx")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(first.body))
    assert first.headers["Content-Disposition"] == 'attachment; filename="gi-ontwikkeling.xlsx"'


def test_a_workbook_is_only_where_there_are_figures(letter):
    assert letter.get("/v1/monitors?formaat=xlsx").status == 400
    assert letter.get("/v1/organisaties", Accept=TYPE).status == 406


def test_report_prints_the_workbook_as_it_came(letter):
    done = subprocess.run([BINARY, "report", "ontwikkeling", "--monitor", "gi", "--format", "xlsx",
                           "--url", letter.address], env=ENVIRONMENT, capture_output=True, timeout=60,
                          check=True)
    assert done.stdout == letter.get(f"{TABLE}?formaat=xlsx").body


def test_the_way_down_waits_for_workbooks(gimon, gi):
    """Who asked is answered or hung up on; gimon ends cleanly whatever was being written."""
    deliver(gi, "2024-10-01", "jb-noord")
    connections = [gi.connection() for _ in range(12)]
    for connection in connections:
        connection.request("GET", f"{SERIES}?formaat=xlsx")
    assert gimon.stop() == 0
    for connection in connections:
        connection.close()


def as_libreoffice_shows(folder, **books):
    """{name: rows of cells as text} of the first sheet of each workbook, as an American reader sees them."""
    files = [folder / f"{name}.xlsx" for name in books]
    for file, content in zip(files, books.values()):
        file.write_bytes(content)
    # Commas, quotes, UTF-8, from the first line, cells as shown.
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                    "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true",
                    "--outdir", folder, *files], check=True, capture_output=True, timeout=120,
                   env={**os.environ, "LC_ALL": "C.UTF-8"})
    return {file.stem: list(csv.reader(io.StringIO(file.with_suffix(".csv").read_text(encoding="utf-8"))))
            for file in files}


def dutch(peildatum):
    return "-".join(reversed(peildatum.split("-")))


def plain(cell):
    return cell.replace(",", "")


def test_libreoffice_shows_the_same_numbers(letter, tmp_path):
    """With all decimals, as the CSV of the same question has them, and every date."""
    query = f"{SERIES}?indicator=workload,verzuim,fte,fte_tekort"
    shown = as_libreoffice_shows(tmp_path, tabel=letter.get(f"{TABLE}?formaat=xlsx").body,
                                 reeks=letter.get(f"{query}&formaat=xlsx").body)
    head, *rows = shown["tabel"]
    assert head[2:] == [dutch(day) for day in PEILDATA]
    given = list(csv.reader(io.StringIO(letter.get(TABLE, Accept="text/csv").text)))[1:]
    assert [[plain(cell) for cell in row[2:]] for row in rows] == [row[3:] for row in given]
    assert rows[-1][-2:] == ["7.0", "6.8"]

    head, *rows = shown["reeks"]
    points = list(csv.DictReader(io.StringIO(letter.get(query, Accept="text/csv").text)))
    assert len(rows) == len(points) == 4 * len(PEILDATA)
    for row, point in zip(rows, points):
        cells = dict(zip(head, row))
        assert cells["Peildatum"] == dutch(point["peildatum"])
        for heading, key in (("Waarde", "waarde"), ("Teller", "teller"), ("Noemer", "noemer"), ("Norm", "norm")):
            assert plain(cells[heading]) == point[key], (heading, point)
