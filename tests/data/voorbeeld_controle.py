"""Holds the example deliveries against the letter: adds up what lies in conf/voorbeeld/gi.

It reads the files only, and knows the boundary of five werkdagen from a table made by hand, so that a
mistake in the generator (voorbeeld.py) does not repeat itself here. Run it as `voorbeeld.py --check`.
"""

import json
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "conf" / "voorbeeld" / "gi"
PEILDATA = ("2022-12-01", "2023-05-01", "2023-10-01", "2024-04-01", "2024-10-01")

# Counted by hand on a calendar: who waits since this day or longer waits more than five werkdagen.
# 2023-05-01 comes after Koningsdag and a decree day, 2024-04-01 is Tweede Paasdag after Goede Vrijdag.
LAST_DAY_WAITING = {"2022-12-01": "2022-11-23", "2023-05-01": "2023-04-19", "2023-10-01": "2023-09-21",
                    "2024-04-01": "2024-03-20", "2024-10-01": "2024-09-23"}

LETTER = {
    "clienten": "34043 33130 32429 32080 31416",
    "jeugdbescherming": "- - - 26670 25827",
    "workload": "17.1 16.3 15.3 14.2 12.6",
    "noemer van workload": "- - - - 2493.3",
    "fte": "- - - 2556 2604",
    "wachtlijst": "2072 1617 1498 1343 1496",
    "wachtlijst start": "- - - 518 589",
    "wachtlijst intern": "- - - 825 907",
    "wachttijd start": "- - - 34 29",
    "wachttijd intern": "- - - 47 76",
    "wachttijd": "- - - 42 57.5",
    "verloop": "- - - 15.7 15.5",
    "verzuim": "- - - 7 6.8",
    "zonder wachtlijst": "4 4 4 4 4",
    "wachtlijst boven 100": "7 7 7 7 7",
}


def rounded(value, decimals):
    """Rounds a fraction that is not negative half away from zero."""
    scale = 10**decimals
    return Fraction((Fraction(value) * scale + Fraction(1, 2)).__floor__(), scale)


def decimal_text(value):
    """The shortest decimal text of a fraction with at most two decimals."""
    hundredths = value * 100
    assert hundredths.denominator == 1
    whole, rest = divmod(hundredths.numerator, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def read(peildatum):
    """{organisation: cijfers} as they lie in the folder; decimals become fractions."""
    files = sorted((ROOT / peildatum).glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8"), parse_float=Fraction)["cijfers"]
            for path in files}


def waiting(part, peildatum):
    """(children, days) of one delivered part of a waiting list."""
    if isinstance(part, dict):
        return part["aantal"], part["dagen"]
    rows = [row for row in part if row["sinds"] <= LAST_DAY_WAITING[peildatum]]
    age = lambda row: (date.fromisoformat(peildatum) - date.fromisoformat(row["sinds"])).days
    return sum(row["aantal"] for row in rows), sum(age(row) * row["aantal"] for row in rows)


def per_organisation(delivered, peildatum):
    """Waiting children per organisation, both parts together."""
    return {name: sum(waiting(part, peildatum)[0] for part in cijfers["wachtlijst"].values())
            for name, cijfers in delivered.items()}


def national(peildatum):
    """The national figures of one peildatum, as fractions rounded as they are shown."""
    delivered = read(peildatum)
    add = lambda measure, *parts: sum(
        (Fraction(cijfers[measure][part]) for cijfers in delivered.values() for part in parts), Fraction(0))
    lists = {part: [sum(pair) for pair in zip(*(
        waiting(cijfers["wachtlijst"][part], peildatum) for cijfers in delivered.values()))]
        for part in ("start", "intern")}
    (start, start_days), (intern, intern_days) = lists["start"], lists["intern"]
    clients = add("clienten", "jeugdbescherming", "jeugdreclassering")
    workers = add("fte", "jeugdbeschermer", "jeugdreclasseerder")
    queues = per_organisation(delivered, peildatum).values()
    return {
        "clienten": clients,
        "jeugdbescherming": add("clienten", "jeugdbescherming"),
        "workload": rounded(clients / workers, 1),
        "noemer van workload": workers,
        "fte": workers + add("fte", "ondersteunend"),
        "wachtlijst": start + intern,
        "wachtlijst start": start,
        "wachtlijst intern": intern,
        "wachttijd start": rounded(Fraction(start_days, start), 1),
        "wachttijd intern": rounded(Fraction(intern_days, intern), 1),
        "wachttijd": rounded(Fraction(start_days + intern_days, start + intern), 1),
        "verloop": rounded(100 * add("verloop", "vertrokken") / add("verloop", "inDienst"), 1),
        "verzuim": rounded(100 * add("verzuim", "ziektedagen") / add("verzuim", "beschikbaar"), 1),
        "zonder wachtlijst": sum(queue == 0 for queue in queues),
        "wachtlijst boven 100": sum(queue > 100 for queue in queues),
        "aandeel grootste vijf %": rounded(Fraction(100 * sum(sorted(queues)[-5:]), sum(queues)), 1),
    }


def jumps(before, after):
    """Parts of clienten and fte that differ more than 25 % and more than 25: these need an explanation."""
    for name, cijfers in after.items():
        for measure in ("clienten", "fte"):
            for part, value in cijfers[measure].items():
                was = before[name][measure][part]
                if abs(value - was) > 25 and abs(value - was) * 4 > was:
                    yield f"{name} {measure}.{part}: {float(was)} -> {float(value)}"


def files_that_differ(made):
    lying = set(ROOT.glob("*/*.json"))
    for path in sorted(lying | set(made)):
        name = path.relative_to(ROOT)
        if path not in lying:
            yield f"{name}: missing"
        elif path not in made:
            yield f"{name}: not one of ours"
        elif path.read_bytes() != made[path].encode():
            yield f"{name}: differs from what the generator makes"


def figures_that_differ(found):
    for name, line in LETTER.items():
        for peildatum, expected in zip(PEILDATA, line.split()):
            value = found[peildatum][name]
            if expected != "-" and Fraction(expected) != value:
                yield f"{peildatum} {name}: {decimal_text(Fraction(value))}, the letter says {expected}"
    for peildatum in PEILDATA:
        if found[peildatum]["aandeel grootste vijf %"] <= 70:
            yield f"{peildatum}: the five longest waiting lists do not hold over 70 %"


def print_table(found):
    print(f"{'':24}" + "".join(f"{peildatum:>12}" for peildatum in PEILDATA))
    for name in found[PEILDATA[0]]:
        values = [decimal_text(Fraction(found[peildatum][name])) for peildatum in PEILDATA]
        print(f"{name:24}" + "".join(f"{value:>12}" for value in values))


def check(made):
    """Compares the folder with {path: text} of the generator and with the letter; gives the exit code."""
    faults = list(files_that_differ(made))
    if not any("missing" in fault for fault in faults):
        found = {peildatum: national(peildatum) for peildatum in PEILDATA}
        print_table(found)
        faults += figures_that_differ(found)
        for before, after in zip(PEILDATA, PEILDATA[1:]):
            faults += [f"{after} {jump}" for jump in jumps(read(before), read(after))]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0
