"""Who waits more than five working days: both sides of the boundary, on every peildatum, by both calendars.

One daemon has the GI monitor twice, the second time with the other calendar named. What is on the list is held
against a count of days made here (working_days.py).
"""

from datetime import date

import pytest

from examples import PEILDATA, example
from own_definitions import copy_definitions, replace_in
from working_days import CALENDARS, DAY, DECREED, easter, holidays, is_listed, working_days, youngest_listed
from workshop import Workshop

MONITORS = {"awt": "gi", "cao-jeugdzorg": "gi-cao"}
# The youngest waiting date that counts, written out; the two calendars differ on two peildata only.
YOUNGEST = {
    "2022-12-01": ("2022-11-23", "2022-11-23"),
    "2023-05-01": ("2023-04-19", "2023-04-20"),  # 28 April by decree in the law only
    "2023-10-01": ("2023-09-21", "2023-09-21"),
    "2024-04-01": ("2024-03-20", "2024-03-21"),  # Goede Vrijdag in the law only
    "2024-10-01": ("2024-09-23", "2024-09-23"),
}
DIFFERENT = {"2023-05-01", "2024-04-01"}


def with_both_calendars(folder):
    """A copy of the definitions in which gi-cao is gi with the other calendar."""
    gi, cao = folder / "monitors" / "gi.yaml", folder / "monitors" / "gi-cao.yaml"
    cao.write_text(gi.read_text(encoding="utf-8"), encoding="utf-8")
    replace_in(cao, "monitor: gi\n", "monitor: gi-cao\n")
    replace_in(cao, "kalender: awt\n", "kalender: cao-jeugdzorg\n")
    replace_in(folder / "organisaties.yaml", "monitors: [gi]", "monitors: [gi, gi-cao]", -1)
    return folder


@pytest.fixture(scope="module")
def gi(access):
    """May deliver to both monitors."""
    shop = Workshop(access)
    daemon = shop.gimon(definitions=with_both_calendars(copy_definitions(shop.folder))).start()
    yield daemon.client(shop.token("gi"))
    shop.close()


def delivered(gi, calendar, peildatum, start, intern):
    """{indicator: point} of jb-noord, after these waiting dates were delivered: {date: children}."""
    lists = {name: [{"sinds": day.isoformat(), "aantal": count} for day, count in rows.items()]
             for name, rows in (("start", start), ("intern", intern))}
    delivery = example(peildatum)
    delivery["cijfers"]["wachtlijst"] = lists
    delivery["toelichtingen"]["sprong"] = "De grens op beide dagen."
    monitor = f"/v1/monitors/{MONITORS[calendar]}"
    answer = gi.put_json(f"{monitor}/peildata/{peildatum}/aanleveringen/jb-noord", delivery)
    assert answer.status in (200, 201), answer.text
    points = gi.get(f"{monitor}/reeksen?niveau=organisatie&organisatie=jb-noord"
                    f"&van={peildatum}&tot={peildatum}").json()["reeksen"]
    return {point["indicator"]: point for point in points}


def test_our_own_count_knows_its_easters():
    assert [easter(year) for year in (2022, 2023, 2024, 2025, 1981, 1954)] == [
        date(2022, 4, 17), date(2023, 4, 9), date(2024, 3, 31), date(2025, 4, 20), date(1981, 4, 19),
        date(1954, 4, 18)]


def test_the_calendars_differ_on_two_peildata_and_agree_on_the_others():
    for peildatum in PEILDATA:
        law, agreement = (youngest_listed(date.fromisoformat(peildatum), name) for name in CALENDARS)
        assert (law.isoformat(), agreement.isoformat()) == YOUNGEST[peildatum]
        assert (law != agreement) == (peildatum in DIFFERENT)


@pytest.mark.parametrize("calendar", CALENDARS)
def test_a_monitor_says_which_days_are_no_working_days(gi, calendar):
    shown, = gi.get(f"/v1/monitors/{MONITORS[calendar]}").json()["kalenders"]
    assert shown["kalender"] == calendar and shown["naam"] and shown["bron"]
    assert len(shown["feestdagen"]) == len(holidays(2021, calendar)), "a year without days of decree"
    assert ("goede-vrijdag" in shown["feestdagen"]) == (calendar == "awt")
    decreed = {day.isoformat() for day in DECREED} if calendar == "awt" else set()
    assert {day for day in shown["dagen"] if day < "2025"} == decreed


@pytest.mark.parametrize("calendar", CALENDARS)
@pytest.mark.parametrize("peildatum", PEILDATA)
def test_the_youngest_that_counts_and_the_day_after(gi, peildatum, calendar):
    day = date.fromisoformat(peildatum)
    youngest = date.fromisoformat(YOUNGEST[peildatum][CALENDARS.index(calendar)])
    assert working_days(youngest, day, calendar) == 6 and working_days(youngest + DAY, day, calendar) == 5
    found = delivered(gi, calendar, peildatum, {youngest: 3}, {youngest + DAY: 4})
    waited = (day - youngest).days
    assert waited >= 8, "more than five working days span eight calendar days"
    assert found["wachtlijst_start"]["waarde"] == 3 and found["wachtlijst_intern"]["waarde"] == 0
    assert found["wachttijd_start"]["waarde"] == waited
    assert (found["wachttijd_start"]["teller"], found["wachttijd_start"]["noemer"]) == (3 * waited, 3)
    assert found["wachttijd_start_p90"]["waarde"] == waited
    assert found["wachttijd_intern"]["reden"] == "noemer-nul"
    assert found["wachttijd_intern_mediaan"]["reden"] == "geen-verdeling"


@pytest.mark.parametrize("peildatum", sorted(DIFFERENT))
def test_the_same_children_are_listed_by_one_calendar_and_not_by_the_other(gi, peildatum):
    between = date.fromisoformat(YOUNGEST[peildatum][1])
    listed = {calendar: delivered(gi, calendar, peildatum, {between: 7}, {})["wachtlijst"]["waarde"]
              for calendar in CALENDARS}
    assert listed == {"awt": 0, "cao-jeugdzorg": 7}


@pytest.mark.parametrize("calendar", CALENDARS)
@pytest.mark.parametrize("peildatum", PEILDATA)
def test_of_children_on_every_day_of_six_weeks_the_right_ones_are_listed(gi, peildatum, calendar):
    day = date.fromisoformat(peildatum)
    rows = {day - waited * DAY: 1 + waited % 5 for waited in range(43)}
    listed = {since: count for since, count in rows.items() if is_listed(since, day, calendar)}
    found = delivered(gi, calendar, peildatum, rows, {})
    assert found["wachtlijst_start"]["waarde"] == sum(listed.values())
    assert found["wachttijd_start"]["teller"] == sum((day - since).days * count
                                                     for since, count in listed.items())
