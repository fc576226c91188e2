"""A GI with a spreadsheet: the template comes down, is filled in, goes up, and works at the first try."""

import json
import subprocess

import pytest

from daemon import SLOWNESS
from examples import ORGANISATIONS, PEILDATA, deliver, delivery_path, example
from spreadsheet import BOM, cells_of, filled_in, saved

HERE = delivery_path("2024-10-01", "jb-noord")
TEMPLATE = "/v1/monitors/gi/sjabloon"
REASON = "Cliënten overgenomen; \"oude\" zaken: één per gezin\nen dat is veel"


def curl(client, *words, folder):
    """The real curl, as the guide tells a deliverer to use it; (status, body)."""
    done = subprocess.run(
        ["curl", "-sS", "-o", "answer", "-w", "%{http_code}", "-H", f"Authorization: Bearer {client.token}",
         *words], cwd=folder, capture_output=True, text=True, timeout=30, check=True)
    return int(done.stdout), (folder / "answer").read_bytes()


def upload(client, content, folder, charset=""):
    """Puts a file with curl."""
    (folder / "aanlevering.csv").write_bytes(content)
    return curl(client, "-X", "PUT", "-H", f"Content-Type: text/csv{charset}",
                "--data-binary", "@aanlevering.csv", client.address + HERE, folder=folder)


def with_reason(text=REASON):
    delivery = example()
    delivery["toelichtingen"] = {"algemeen": text}
    return delivery


def typed(client, folder, delivery, thousands=False):
    """The template as curl fetches it, filled in."""
    status, content = curl(client, client.address + TEMPLATE, folder=folder)
    assert status == 200 and content.startswith(BOM)
    return filled_in(cells_of(content), delivery, thousands)


HABITS = {
    "CSV UTF-8 of Excel": {},
    "ANSI": {"encoding": "windows-1252"},
    "empty columns and rows": {"spare": 2, "blank_lines": 3},
    "comma and quotes": {"separator": ","},
    "everything quoted, LF, no BOM": {"line_end": "\n", "encoding": "utf-8",
                                      "quote": lambda cell, _: '"' + cell.replace('"', '""') + '"'},
    "stray blanks": {"quote": lambda cell, _: f" {cell}\u00a0" if '"' not in cell else
                     '"' + cell.replace('"', '""') + '" '},
}


@pytest.mark.parametrize("habit", HABITS.values(), ids=HABITS)
@pytest.mark.parametrize("thousands", [False, True], ids=["plain", "thousands points"])
def test_a_filled_in_template_works_at_the_first_try(gi, tmp_path, habit, thousands):
    delivery = with_reason()
    status, body = upload(gi, saved(typed(gi, tmp_path, delivery, thousands), **habit), tmp_path)
    receipt = json.loads(body)
    assert status == 201, body.decode()
    assert receipt["uitkomst"] == "nieuw" and receipt["bevindingen"] == []
    same = gi.put_json(HERE, delivery).json()
    assert same["uitkomst"] == "ongewijzigd", gi.get(HERE).text
    assert {key: same[key] for key in ("kenmerk", "sha256", "keten", "revisie", "indicatoren")} == \
           {key: receipt[key] for key in ("kenmerk", "sha256", "keten", "revisie", "indicatoren")}


def test_a_charset_that_is_said_is_read_by(gi, tmp_path):
    rows = typed(gi, tmp_path, with_reason("één"))
    status, _ = upload(gi, saved(rows, encoding="windows-1252"), tmp_path, "; charset=windows-1252")
    assert status == 201 and gi.get(HERE).json()["toelichtingen"]["algemeen"] == "één"
    status, body = upload(gi, saved(rows), tmp_path, "; charset=utf-16")
    assert status == 415 and "UTF-8" in json.loads(body)["detail"]


def test_the_template_as_it_is_says_what_is_required(gi, tmp_path):
    _, content = curl(gi, gi.address + TEMPLATE, folder=tmp_path)
    status, body = upload(gi, content, tmp_path)
    findings = json.loads(body)["bevindingen"]
    wrong = {finding["plaats"]: finding for finding in findings if finding["ernst"] == "fout"}
    assert status == 400 and set(wrong) == {"/cijfers/clienten", "/cijfers/fte"}
    lines = content.decode().split("\r\n")
    for place, finding in wrong.items():
        assert lines[finding["regel"] - 1].startswith(place.split("/")[2] + ";")
    assert gi.get(HERE).status == 404


def test_everything_wrong_is_said_at_once_where_it_stands(gi, tmp_path):
    rows = typed(gi, tmp_path, example())
    wanted = {("fte", "jurist"): "1.250", ("clienten", "jeugdbescherming"): "veel",
              ("verzuim", "beschikbaar"): "1,5"}
    places = {}
    for number, row in enumerate(rows, 1):
        if tuple(row[:2]) in wanted:
            row[4] = wanted[tuple(row[:2])]
            places[f"/cijfers/{row[0]}/{row[1]}"] = number, len(";".join(row[:4])) + 2
    status, body = upload(gi, saved(rows), tmp_path)
    found = {finding["plaats"]: (finding["regel"], finding["kolom"])
             for finding in json.loads(body)["bevindingen"] if finding["ernst"] == "fout"}
    assert status == 400 and found == places


@pytest.mark.parametrize("peildatum", PEILDATA)
def test_what_was_delivered_comes_back_as_csv_and_changes_nothing(gi, peildatum):
    for organisation in ORGANISATIONS:
        deliver(gi, peildatum, organisation)
        path = delivery_path(peildatum, organisation)
        csv = gi.get(path, Accept="text/csv")
        assert csv.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert csv.body == gi.get(path + "?formaat=csv").body
        again = gi.request("PUT", path, csv.body, Content_Type="text/csv")
        assert (again.status, again.json()["uitkomst"]) == (200, "ongewijzigd"), again.text


def test_a_body_of_two_mebibytes_is_refused_as_csv_too(gi):
    assert gi.request("PUT", HERE, b";" * (2 << 20), Content_Type="text/csv").status == 413


@pytest.mark.parametrize("line", [b'"x\n', b'toelichting;a;;;"b"\n', b"fte;jurist;;;1.250\n", b";;;;;;x\n",
                                  b"wachtlijst;start;;1-1-2024;1\n", b"fte;jurist;;;\n"])
def test_a_mebibyte_of_lines_is_answered_in_time(gi, line):
    body = b"cijfer;deel;regio;sinds;waarde\n" + line * ((1 << 20) // len(line) - 20)
    answer = gi.request("PUT", HERE, body, Content_Type="text/csv")
    assert answer.status == 400 and answer.seconds < 2 * SLOWNESS
    assert len(answer.json()["bevindingen"]) <= 1000
