"""The mirror report of a real daemon: right for every organisation, and a page that anybody can use."""

import base64
import hashlib
import math
import re

import pytest

from examples import ORGANISATIONS, delivery_path, example_path
from html_page import Page

PEILDATUM, BEFORE = "2024-10-01", "2024-04-01"
SERIES = "/v1/monitors/gi/reeksen?niveau=organisatie"


def mirror_path(organisation, words=""):
    return f"{delivery_path(PEILDATUM, organisation)}/spiegelrapport{words}"


@pytest.fixture(scope="module")
def gi_jb_noord(letter, access):
    """The token of one GI, on the daemon that holds every example."""
    return letter.with_token(access.tokens["jb-noord"])


def figures(analyst, peildatum):
    """{indicator: {organisation: value}} as an analyst sees them."""
    found = {}
    for point in analyst.get(f"{SERIES}&van={peildatum}&tot={peildatum}").json()["reeksen"]:
        found.setdefault(point["indicator"], {})[point["organisatie"]] = point.get("waarde")
    return found


def quarter(values, own):
    """The first quarter whose end, the value of rank ceil(kn/4), is not passed."""
    ranked = sorted(values)
    return next(k for k in (1, 2, 3, 4) if own <= ranked[math.ceil(k * len(ranked) / 4) - 1])


def test_every_report_says_what_the_series_say(analyst):
    """But for a mean over organisations, which of one organisation is another figure's name."""
    now, before = figures(analyst, PEILDATUM), figures(analyst, BEFORE)
    del now["workload_gemiddelde"]
    for organisation in ORGANISATIONS:
        rows = analyst.get(mirror_path(organisation)).json()["indicatoren"]
        assert [row["indicator"] for row in rows] == list(now)
        for row in rows:
            all_now = [value for value in now[row["indicator"]].values() if value is not None]
            own = now[row["indicator"]][organisation]
            assert row.get("waarde") == own
            assert row.get("vorige") == before[row["indicator"]][organisation]
            assert row["kwartOnder"] == len(all_now)
            expected = quarter(all_now, own) if own is not None and len(all_now) >= 8 else None
            assert row.get("kwart") == expected, (organisation, row)


def test_changes_can_be_checked_by_a_reader(analyst):
    for row in analyst.get(mirror_path("jb-noord")).json()["indicatoren"]:
        if "waarde" not in row or "vorige" not in row:
            assert "verandering" not in row
            continue
        assert row["verandering"] == pytest.approx(row["waarde"] - row["vorige"], abs=1e-9)
        if row["vorige"] > 0:
            percent = 100 * row["verandering"] / row["vorige"]
            assert row["veranderingProcent"] == pytest.approx(percent, abs=0.0501)


def test_a_gi_sees_its_own_report_and_no_other(gi_jb_noord, letter):
    own = gi_jb_noord.get(mirror_path("jb-noord"))
    assert own.status == 200 and own.headers["API-Version"]
    assert own.json()["respons"] == {"ontvangen": 13, "verwacht": 13}
    assert gi_jb_noord.get(mirror_path("rbv")).status == 403
    assert letter.get(mirror_path("jb-noord")).status == 401
    again = gi_jb_noord.get(mirror_path("jb-noord"), If_None_Match=own.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


def test_nothing_delivered_is_404(gi):
    answer = gi.get(mirror_path("jb-noord"), Accept="text/html")
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def assert_page(answer):
    """A page without faults, whose own style is the one thing that its policy lets a browser use."""
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    page = Page(answer.text)
    assert not page.faults, page.faults
    style = re.search("<style>(.*?)</style>", answer.text, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert f"style-src 'sha256-{digest}'" in policy and "default-src 'none'" in policy
    assert not any("unsafe" in word for word in policy)
    return page


def test_the_report_is_a_page_for_everybody(gi_jb_noord):
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = assert_page(gi_jb_noord.get(mirror_path("jb-noord"), Accept=browser))
    assert page.texts["h1"] == ["Spiegelrapport Jeugdbescherming Noord"]
    assert len(page.tables) == 2  # no findings, so no table of them
    cells = page.rows()["Workload per fte kinderen per fte"]
    assert cells[:2] == ["13,8", "15,5"] and cells[2].startswith("-1,7")


def test_the_letters_table_is_a_page(letter):
    page = assert_page(letter.get("/v1/monitors/gi/tabellen/ontwikkeling?formaat=html"))
    rows = page.rows()
    assert rows["Kinderen en jeugdigen maatregelen"] == [
        "34.043", "33.130", "32.429", "32.080", "31.416"]
    assert rows["Workload per fte kinderen per fte"][-1] == "12,6‡"


def test_the_report_as_markdown_lines_up(gi_jb_noord):
    text = gi_jb_noord.get(mirror_path("jb-noord", "?formaat=md")).text
    table = [line for line in text.split("## Aangeleverde cijfers")[0].splitlines()
             if line.startswith("|")]
    assert len(table) > 20 and len({len(line) for line in table}) == 1


def test_one_organisation_is_spoken_of_as_one(analyst):
    path, _ = example_path("ot", "2024-04-30", "ondersteuningsteam")
    report = analyst.get(f"{path}/spiegelrapport?formaat=md").text
    assert "1 van 1 organisatie heeft aangeleverd\n" in report
