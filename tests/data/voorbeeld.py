#!/usr/bin/python3
"""Makes and checks the example deliveries in conf/voorbeeld/gi.

    voorbeeld.py --write    writes all 13 x 5 deliveries
    voorbeeld.py --check    compares them byte for byte with what this file makes, adds up what lies
                            there and holds it against the letter; exit 1 when anything differs

The figures are synthetic. What is fixed is the national total of each measure on each peildatum
(NATIONAL, WAITING and WAITING_PARTS below): the letter's where it gives one, else a plausible one.
A total is distributed in three steps:

1. every organisation gets a weight: its size, a slow drift per peildatum, and a small wobble that
   follows from the names alone, so that there is no chance in it;
2. the total, as an integer (fte in hundredths), is split by largest remainder, so that the parts add
   up to it exactly;
3. staff is weighted with the clients just found and the organisation's own workload, leavers with
   staff, sick days with days available: so ratios vary around the national one.

Waiting lists: the number of children per organisation is a table; the days waited are split as above.
A list of dates is then laid along a rising curve (few short rows, a long tail), and children are moved
one row at a time until the days add up exactly. Some lists also hold children who wait five werkdagen
or less (BOUNDARY): these stand outside every total.

From REGIONAL_SINCE on some organisations deliver clients, staff and waiting lists by region too. Each figure,
and each row of a waiting list, is split over the organisation's regions, so that these add up to it.

How a number is split is in voorbeeld_verdeling.py, the check in voorbeeld_controle.py.
"""

import json
import sys
from collections import Counter, namedtuple
from datetime import date, timedelta
from fractions import Fraction
from math import isqrt

from voorbeeld_controle import PEILDATA, ROOT, check, decimal_text, rounded
from voorbeeld_verdeling import REGIONAL_SINCE, REGIONS, by_region, distribute, wobble

EXPLANATION = (
    "Dit zijn synthetische voorbeeldcijfers van dit project, geen cijfers van deze instelling. Alleen de "
    "landelijke totalen zijn die uit de Verzamelbrief Jeugdbescherming, voor zover de brief ze noemt."
)

# size: share of the children; drift: per mille per peildatum; probation, load, turnover and sick:
# per cent of the national mean.
Organisation = namedtuple("Organisation", "id size drift probation load turnover sick")
ORGANISATIONS = (
    Organisation("wss-jbjr", 176, 4, 84, 104, 96, 101),
    Organisation("leger-des-heils", 94, 2, 138, 97, 104, 97),
    Organisation("jb-noord", 57, -6, 88, 109, 119, 114),
    Organisation("rbv", 26, 1, 82, 91, 78, 88),
    Organisation("jb-overijssel", 58, 3, 94, 93, 91, 92),
    Organisation("jb-gelderland", 79, -2, 92, 102, 103, 104),
    Organisation("save-midden-nederland", 76, 0, 97, 98, 101, 98),
    Organisation("jeugd-gezinsbeschermers", 48, -1, 90, 94, 86, 95),
    Organisation("jb-amsterdam", 85, -5, 112, 90, 89, 91),
    Organisation("jb-west", 101, 1, 108, 103, 105, 103),
    Organisation("jb-rotterdam", 91, -3, 118, 106, 109, 107),
    Organisation("jb-brabant", 89, 2, 89, 105, 107, 105),
    Organisation("bjz-limburg", 53, -4, 86, 101, 98, 100),
)

# National totals per peildatum; fte in hundredths.
NATIONAL = {
    "jeugdbescherming": (28756, 27818, 27081, 26670, 25827),
    "jeugdreclassering": (5287, 5312, 5348, 5410, 5589),
    "jeugdbeschermer": (167785, 170425, 177200, 187940, 206050),
    "jeugdreclasseerder": (31240, 32715, 34960, 37835, 43280),
    "ondersteunend": (33160, 32285, 31140, 29825, 11070),
    "gedragswetenschapper": (17640, 18025, 18760, 19685, 20440),
    "jurist": (5230, 5310, 5545, 5720, 5875),
    "vertrokken": (501, 499, 502, 509, 518),
    "inDienst": (2962, 3004, 3102, 3238, 3341),
    "ziektedagen": (79430, 79810, 80520, 82170, 82290),
    "beschikbaar": (1074110, 1089260, 1124720, 1174030, 1211480),
}
FTE = ("jeugdbeschermer", "jeugdreclasseerder", "ondersteunend", "gedragswetenschapper", "jurist")

# Children waiting more than five werkdagen, both parts together; who is absent has no waiting list.
WAITING = {
    "wss-jbjr": (376, 290, 270, 240, 236),
    "leger-des-heils": (98, 98, 97, 92, 84),
    "jb-noord": (231, 208, 213, 171, 176),
    "jb-overijssel": (74, 77, 0, 0, 0),
    "jb-gelderland": (181, 127, 121, 113, 141),
    "save-midden-nederland": (0, 0, 62, 54, 52),
    "jb-west": (301, 256, 238, 214, 197),
    "jb-rotterdam": (334, 232, 192, 190, 214),
    "jb-brabant": (269, 181, 168, 147, 268),
    "bjz-limburg": (208, 148, 137, 122, 128),
}
# Nationally: children on the start list, and the days waited on either list.
WAITING_PARTS = {
    "start": (861, 657, 581, 518, 589),
    "start.dagen": (27061, 21418, 19463, 518 * 34, 589 * 29),
    "intern.dagen": (45170, 38784, 40165, 825 * 47, 907 * 76),
}
COUNT_ONLY = ("jb-brabant", "leger-des-heils")  # know number and days of their internal list only
BOUNDARY = {("jb-west", "start"), ("jb-gelderland", "start"), ("jb-noord", "intern")}
DECLARED = {  # who also declares its workload
    ("bjz-limburg", "2023-10-01"), ("jb-west", "2024-04-01"),
    ("jb-west", "2024-10-01"), ("jb-gelderland", "2024-10-01"),
}

# --- the calendar (Algemene termijnenwet, article 3) ------------------------------------------------

DECREE_DAYS = {date.fromisoformat(day) for day in (
    "2022-05-27", "2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30")}


def easter(year):
    """Easter Sunday in the Gregorian calendar."""
    century, golden = year // 100, year % 19
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(epact - weekday)


def holidays(year):
    """The holidays that move with Easter, and those on a fixed date."""
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day = date(year, 4, 26)
    moving = {easter(year) + timedelta(days) for days in (-2, 1, 39, 50)}
    return moving | {date(year, 1, 1), kings_day, date(year, 5, 5),
                     date(year, 12, 25), date(year, 12, 26)}


def is_working_day(day):
    return day.weekday() < 5 and day not in DECREE_DAYS and day not in holidays(day.year)


def longest_not_waiting(peildatum):
    """The most calendar days with five werkdagen or less; one day more is on the waiting list."""
    days, working_days = 0, 0
    while working_days + is_working_day(peildatum - timedelta(days)) <= 5:
        working_days += is_working_day(peildatum - timedelta(days))
        days += 1
    return days


# --- waiting lists ----------------------------------------------------------------------------------


def laid_out(count, days, peildatum, name):
    """Rows {days waited: children}: about the right mean, on working days, with a long tail."""
    shortest = longest_not_waiting(peildatum) + 1
    stretch = 3 * (Fraction(days, count) - shortest)
    rows, before = Counter(), 0
    groups = min(count, 19 + wobble(2, name, "rows"))
    for size in distribute(count, [100 + wobble(60, name, i) for i in range(groups)]):
        middle = Fraction(2 * before + size, 2 * count)
        wait = shortest + int(stretch * middle**2)
        while not is_working_day(peildatum - timedelta(wait)):
            wait += 1
        rows[wait] += size
        before += size
    return rows


def total_days(rows):
    return sum(wait * count for wait, count in rows.items())


def move_one(rows, source, target):
    rows[source] -= 1
    rows[target] += 1


def move_to_neighbours(rows, short):
    """Moves children to the next row, in turn, while that does not overshoot; returns what is left."""
    waits = sorted(rows)
    pairs = list(zip(waits, waits[1:]))
    moved = True
    while moved:
        moved = False
        for near, far in pairs:
            source, target = (near, far) if short > 0 else (far, near)
            if far - near <= abs(short) and rows[source] > 1:
                move_one(rows, source, target)
                short -= target - source
                moved = True
    return short


def move_the_rest(rows, short, peildatum):
    """One child takes what is left, on a working day if there is one to be found."""
    shortest = longest_not_waiting(peildatum) + 1
    able = [wait for wait in sorted(rows) if rows[wait] and wait + short >= shortest]
    neat = [wait for wait in able if is_working_day(peildatum - timedelta(wait + short))]
    source = (neat or able)[-1]
    move_one(rows, source, source + short)


def date_rows(count, days, peildatum, name):
    """Rows {days waited: children} for exactly this many children and days."""
    rows = laid_out(count, days, peildatum, name)
    short = move_to_neighbours(rows, days - total_days(rows))
    if short:
        move_the_rest(rows, short, peildatum)
    assert total_days(rows) == days and sum(rows.values()) == count
    return rows


def with_boundary(count, days, peildatum, name):
    """As date_rows, with 2 children of 6 werkdagen among them, 3 of exactly 5 and 1 of today added."""
    last = longest_not_waiting(peildatum)
    rows = date_rows(count - 2, days - 2 * (last + 1), peildatum, name)
    return rows + Counter({last + 1: 2, last: 3, 0: 1})


def waiting_part(organisation, part, peildatum, count, days):
    """One part of the waiting list as it is delivered."""
    if count == 0:
        return []
    if part == "intern" and organisation in COUNT_ONLY:
        return {"aantal": count, "dagen": days}
    make = with_boundary if (organisation, part) in BOUNDARY else date_rows
    rows = make(count, days, peildatum, f"{organisation}/{part}/{peildatum}")
    return [{"sinds": str(peildatum - timedelta(wait)), "aantal": rows[wait]}
            for wait in sorted(rows) if rows[wait]]


def waiting_columns(at):
    """Children and days per part, per organisation."""
    totals = [WAITING.get(org.id, (0,) * 5)[at] for org in ORGANISATIONS]
    start = distribute(WAITING_PARTS["start"][at], [
        total * (100 + wobble(18, org.id, "start", at)) for org, total in zip(ORGANISATIONS, totals)])
    columns = {"start": start, "intern": [total - part for total, part in zip(totals, start)]}
    for part in ("start", "intern"):
        columns[f"{part}.dagen"] = distribute(WAITING_PARTS[f"{part}.dagen"][at], [
            count * (100 + wobble(22, org.id, part, at))
            for org, count in zip(ORGANISATIONS, columns[part])])
    return columns


# --- the other measures -----------------------------------------------------------------------------


def split(measure, at, weigh):
    """One national total over the organisations; weigh(index, organisation) is about proportional."""
    return distribute(NATIONAL[measure][at], [
        weigh(i, org) * (1000 + wobble(14, org.id, measure, at))
        for i, org in enumerate(ORGANISATIONS)])


def client_columns(at):
    return {
        "jeugdbescherming": split("jeugdbescherming", at,
                                  lambda i, org: org.size * (1000 + org.drift * at)),
        "jeugdreclassering": split("jeugdreclassering", at,
                                   lambda i, org: org.size * org.probation * (1000 + org.drift * at)),
    }


def fte_columns(at, clients):
    """In hundredths. Support and lawyers follow the square root: a small organisation needs relatively more."""
    youth, probation = clients["jeugdbescherming"], clients["jeugdreclassering"]
    return {
        "jeugdbeschermer": split("jeugdbeschermer", at, lambda i, org: youth[i] * 10000 // org.load),
        "jeugdreclasseerder": split("jeugdreclasseerder", at,
                                    lambda i, org: probation[i] * 10000 // org.load),
        "ondersteunend": split("ondersteunend", at, lambda i, org: isqrt(youth[i] * 10000)),
        "gedragswetenschapper": split("gedragswetenschapper", at, lambda i, org: youth[i]),
        "jurist": split("jurist", at, lambda i, org: isqrt(youth[i] * 10000)),
    }


def staff_columns(at, fte):
    staff = split("inDienst", at, lambda i, org: sum(fte[part][i] for part in FTE))
    available = split("beschikbaar", at, lambda i, org: staff[i])
    return {
        "inDienst": staff,
        "vertrokken": split("vertrokken", at, lambda i, org: staff[i] * org.turnover),
        "beschikbaar": available,
        "ziektedagen": split("ziektedagen", at, lambda i, org: available[i] * org.sick),
    }


def workload(delivery):
    """Clients per fte of jeugdbeschermer and jeugdreclasseerder, to one decimal."""
    fte = delivery["fte"]
    clients = sum(delivery["clienten"].values())
    return rounded(Fraction(clients) / (fte["jeugdbeschermer"] + fte["jeugdreclasseerder"]), 1)


def figures(i, organisation, peildatum, columns):
    """The `cijfers` of one organisation."""
    take = lambda *names: {name: columns[name][i] for name in names}
    waiting = {part: waiting_part(organisation, part, peildatum, columns[part][i],
                                  columns[f"{part}.dagen"][i]) for part in ("start", "intern")}
    return {
        "clienten": take("jeugdbescherming", "jeugdreclassering"),
        "fte": {part: Fraction(columns[part][i], 100) for part in FTE},
        "wachtlijst": waiting,
        "verloop": take("vertrokken", "inDienst"),
        "verzuim": take("ziektedagen", "beschikbaar"),
    }


def deliveries(at):
    """All deliveries of one peildatum: {organisation: delivery}."""
    clients = client_columns(at)
    fte = fte_columns(at, clients)
    columns = {**clients, **fte, **staff_columns(at, fte), **waiting_columns(at)}
    made = {}
    for i, org in enumerate(ORGANISATIONS):
        delivery = {"cijfers": figures(i, org.id, date.fromisoformat(PEILDATA[at]), columns)}
        if org.id in REGIONS and PEILDATA[at] >= REGIONAL_SINCE:
            delivery["regios"] = by_region(delivery["cijfers"], org.id)
        if (org.id, PEILDATA[at]) in DECLARED:
            delivery["opgegeven"] = {"workload": workload(delivery["cijfers"])}
        delivery["toelichtingen"] = {"algemeen": EXPLANATION}
        made[org.id] = delivery
    return made


def render(value, depth=0):
    """JSON with two spaces; a row of a waiting list stays on one line."""
    pad, end = "  " * (depth + 1), "  " * depth
    if isinstance(value, dict):
        lines = [f'{pad}"{key}": {render(part, depth + 1)}' for key, part in value.items()]
        return "{\n" + ",\n".join(lines) + "\n" + end + "}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(pad + json.dumps(row) for row in value) + "\n" + end + "]"
    if isinstance(value, Fraction):
        return decimal_text(value)
    return json.dumps(value, ensure_ascii=False)


def all_files():
    """{path: text} of everything this generator makes."""
    return {ROOT / peildatum / f"{organisation}.json": render(delivery) + "\n"
            for at, peildatum in enumerate(PEILDATA)
            for organisation, delivery in deliveries(at).items()}


def write():
    for path, text in all_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return 0


def main(arguments):
    actions = {("--write",): write, ("--check",): lambda: check(all_files())}
    action = actions.get(tuple(arguments))
    if action is None:
        print("usage: voorbeeld.py --write | --check", file=sys.stderr)
        return 2
    return action()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
