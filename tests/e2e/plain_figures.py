"""The figures of the GI monitor computed anew, the long way, with fractions: nothing here comes from the program.

A delivery is what was sent, as Python has it. Columns become values, `None` (not applicable) or are not there
(missing); a figure is taken over the organisations that have every column it needs.
"""

import math
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from working_days import is_listed

NORM, NORM_SINCE = Fraction("12.8"), "2023-10-23"
BREAK = "2024-10-01"  # version 2 of workload

CLIENTS = ("clienten.jeugdbescherming", "clienten.jeugdreclassering")
WORKERS = ("fte.jeugdbeschermer", "fte.jeugdreclasseerder")
STAFF = (*WORKERS, "fte.ondersteunend")
LISTS = ("wachtlijst.start", "wachtlijst.intern")
DAYS = ("wachtlijst.start.dagen", "wachtlijst.intern.dagen")

# What is delivered by region, and what was not given of any of them.
REGIONAL = ("clienten", "fte", "wachtlijst")
REMAINDER = "niet-toegedeeld"

# indicator: (how, decimals, numerator, denominator); of percentiles and norms the rest is in the name of how.
FORMULAS = {
    "clienten": ("som", 0, CLIENTS, ()),
    "clienten_jeugdbescherming": ("som", 0, CLIENTS[:1], ()),
    "clienten_jeugdreclassering": ("som", 0, CLIENTS[1:], ()),
    "fte": ("som", 2, STAFF, ()),
    "workload": ("verhouding", 1, CLIENTS, WORKERS),
    "workload_formatie": ("verhouding", 1, CLIENTS, STAFF),
    "workload_gemiddelde": ("gemiddelde", 1, CLIENTS, WORKERS),
    "wachtlijst": ("som", 0, LISTS, ()),
    "wachtlijst_start": ("som", 0, LISTS[:1], ()),
    "wachtlijst_intern": ("som", 0, LISTS[1:], ()),
    "wachtlijst_aandeel": ("procent", 2, LISTS, CLIENTS),
    "wachttijd": ("verhouding", 1, DAYS, LISTS),
    "wachttijd_start": ("verhouding", 1, DAYS[:1], LISTS[:1]),
    "wachttijd_intern": ("verhouding", 1, DAYS[1:], LISTS[1:]),
    "wachttijd_start_mediaan": ("percentiel 50", 0, LISTS[:1], ()),
    "wachttijd_start_p90": ("percentiel 90", 0, LISTS[:1], ()),
    "wachttijd_intern_mediaan": ("percentiel 50", 0, LISTS[1:], ()),
    "wachttijd_intern_p90": ("percentiel 90", 0, LISTS[1:], ()),
    "verloop": ("procent", 1, ("verloop.vertrokken",), ("verloop.inDienst",)),
    "verzuim": ("procent", 1, ("verzuim.ziektedagen",), ("verzuim.beschikbaar",)),
    "fte_nodig": ("nodig", 2, CLIENTS, ()),
    "fte_tekort": ("tekort", 2, CLIENTS, WORKERS),
    # measures and parts of them can be asked for as they are
    "fte.jurist": ("som", 2, ("fte.jurist",), ()),
    "wachtlijst.start.dagen": ("som", 0, DAYS[:1], ()),
    "verloop.inDienst": ("som", 0, ("verloop.inDienst",), ()),
}


@dataclass
class Organisation:
    name: str
    since: str
    until: str = None  # the last day
    regions: tuple = ()  # none: the whole country

    def expected(self, peildatum):
        return self.since <= peildatum and (self.until is None or peildatum <= self.until)


@dataclass
class Cell:
    """What happened to the delivery of one organisation for one peildatum."""

    standing: dict = None
    aside: bool = False
    revisions: int = 0

    def status(self):
        if self.standing is None:
            return "ingetrokken" if self.revisions else "verwacht"
        return "terzijde" if self.aside else "ontvangen"


@dataclass
class Row:
    """The columns of one delivery, and of each waiting list its histogram {days: children}."""

    values: dict = field(default_factory=dict)
    waits: dict = field(default_factory=dict)

    def has(self, columns):
        return all(column in self.values for column in columns)

    def applies(self, columns):
        return any(self.values[column] is not None for column in columns)

    def sum(self, columns):
        return sum((self.values[column] or 0 for column in columns), Fraction(0))


def row_of_list(row, column, value, peildatum):
    """A waiting list becomes how many are on it and how long they waited together."""
    if value is None:
        row.values[column] = row.values[f"{column}.dagen"] = None
    elif isinstance(value, dict):
        row.values[column], row.values[f"{column}.dagen"] = Fraction(value["aantal"]), Fraction(value["dagen"])
    else:
        waits = {}
        for entry in value:
            since = date.fromisoformat(entry["sinds"])
            if is_listed(since, date.fromisoformat(peildatum), "awt"):
                days = (date.fromisoformat(peildatum) - since).days
                waits[days] = waits.get(days, 0) + entry["aantal"]
        row.waits[column] = waits
        row.values[column] = Fraction(sum(waits.values()))
        row.values[f"{column}.dagen"] = Fraction(sum(days * count for days, count in waits.items()))


def row_of(delivery, peildatum, region=None):
    """The totals of a delivery, or what it says of a region."""
    figures = delivery["cijfers"] if region is None else delivery.get("regios", {}).get(region, {})
    row = Row()
    for measure, parts in figures.items():
        for part, value in parts.items():
            column = f"{measure}.{part}"
            if measure == "wachtlijst":
                row_of_list(row, column, value, peildatum)
            else:
                row.values[column] = None if value is None else Fraction(str(value))
    return row


def take_off(row, part, columns):
    """Takes what a region has off a total; a region that has days for nobody leaves no distribution."""
    for column in columns:
        if row.values[column] is not None:
            row.values[column] -= part.values[column] or 0
        if column in row.waits and part.values[column] is not None:
            taken = part.waits.get(column, {})
            row.waits[column] = {days: count - taken.get(days, 0) for days, count in row.waits[column].items()}


def remainder_of(delivery, peildatum, columns):
    """The totals of a delivery less the regions that count in a figure over these columns."""
    row = row_of(delivery, peildatum)
    parts = [row_of(delivery, peildatum, region) for region in delivery.get("regios", {})]
    if row.has(columns):
        for part in parts:
            if part.has(columns):
                take_off(row, part, columns)
    return row


def rounded(value, decimals):
    """Half away from zero."""
    units = math.floor(abs(value) * 10 ** decimals + Fraction(1, 2))
    return Fraction(-units if value < 0 else units, 10 ** decimals)


def nearest_rank(waits, percent):
    """The smallest number of days such that so many per cent of all children waited that or less."""
    children = sorted(day for day, count in waits.items() for _ in range(count))
    return children[math.ceil(Fraction(percent * len(children), 100)) - 1]


def percentile(rows, column, percent):
    waits = {}
    for row in rows:
        for days, count in row.waits.get(column, {}).items():
            waits[days] = waits.get(days, 0) + count
    found = {"noemer": Fraction(sum(waits.values()))}
    return {**found, "waarde": Fraction(nearest_rank(waits, percent))} if any(waits.values()) else {
        **found, "reden": "geen-verdeling"}


def mean_of_ratios(rows, numerator, denominator):
    ratios = [row.sum(numerator) / row.sum(denominator) for row in rows if row.sum(denominator) != 0]
    if not ratios:
        return {"reden": "noemer-nul"}
    return {"waarde": sum(ratios, Fraction(0)) / len(ratios), "noemer": Fraction(len(ratios))}


def value_of(how, rows, numerator, denominator):
    """What a formula gives over rows of which at least one has a value; not yet rounded."""
    if how.startswith("percentiel"):
        return percentile(rows, numerator[0], int(how.split()[1]))
    if how == "gemiddelde":
        return mean_of_ratios(rows, numerator, denominator)
    above = sum((row.sum(numerator) for row in rows), Fraction(0))
    below = sum((row.sum(denominator) for row in rows), Fraction(0))
    if how == "som":
        return {"waarde": above, "teller": above}
    if how == "nodig":
        return {"waarde": above / NORM, "teller": above, "noemer": NORM}
    found = {"teller": above, "noemer": below}
    if how == "tekort":
        return {**found, "waarde": above / NORM - below}
    return {**found, "waarde": above / below * (100 if how == "procent" else 1)} if below else {
        **found, "reden": "noemer-nul"}


def figure(indicator, peildatum, rows):
    """One point: over rows of which None is an organisation that was expected and does not count."""
    how, decimals, numerator, denominator = FORMULAS[indicator]
    columns = numerator + denominator
    counting = [row for row in rows if row is not None and row.has(columns)]
    applying = [row for row in counting if row.applies(columns)]
    point = {"definitie": 2 if indicator == "workload" and peildatum >= BREAK else 1,
             "reeksbreuk": indicator == "workload" and peildatum == BREAK,
             "respons": {"ontvangen": len(counting), "verwacht": len(rows)}}
    if indicator == "workload" and peildatum >= NORM_SINCE:
        point["norm"] = NORM
    if how in ("nodig", "tekort") and peildatum < NORM_SINCE:
        return {**point, "reden": "geen-norm"}
    if not applying:
        return {**point, "reden": "niet-van-toepassing" if counting else "niet-aangeleverd"}
    point.update(value_of(how, applying, numerator, denominator))
    if "waarde" in point:
        point["waarde"] = rounded(point["waarde"], decimals)
    return point


@dataclass
class Plain:
    """A register, and all cells by (peildatum, organisation)."""

    organisations: list
    peildata: tuple
    regions: tuple
    cells: dict = field(default_factory=dict)

    def cell(self, peildatum, name):
        return self.cells.setdefault((peildatum, name), Cell())

    def expected(self, peildatum):
        return [one for one in self.organisations if one.expected(peildatum)]

    def row(self, peildatum, organisation, region=None):
        cell = self.cell(peildatum, organisation.name)
        return row_of(cell.standing, peildatum, region) if cell.status() == "ontvangen" else None

    def serves(self, peildatum, organisation, region):
        """Because the register says so, or because its delivery has a part for the region."""
        standing = self.cell(peildatum, organisation.name).standing
        return (not organisation.regions or region in organisation.regions
                or standing is not None and region in standing.get("regios", {}))

    def points(self, level):
        """{(indicator, organisation or region, peildatum): point}."""
        members = {"landelijk": [None], "organisatie": self.organisations, "regio": self.regions}[level]
        found = {}
        for peildatum in self.peildata:
            for member in members:
                found.update(self.points_of(level, member, peildatum))
        if level == "regio":
            for peildatum in self.peildata:
                found.update(self.remainders(peildatum))
        return found

    def remainders(self, peildatum):
        """What is attributed to no region, of every figure whose measures add up over regions."""
        expected, found = self.expected(peildatum), {}
        for indicator, (_, _, *terms) in FORMULAS.items():
            columns = sum(terms, ())
            if all(column.split(".")[0] in REGIONAL for column in columns):
                rows = [self.row_less(peildatum, one, columns) for one in expected]
                found[indicator, REMAINDER, peildatum] = figure(indicator, peildatum, rows)
        return found

    def row_less(self, peildatum, organisation, columns):
        cell = self.cell(peildatum, organisation.name)
        return remainder_of(cell.standing, peildatum, columns) if cell.status() == "ontvangen" else None

    def points_of(self, level, member, peildatum):
        expected, region = self.expected(peildatum), None
        name = None if member is None else member if level == "regio" else member.name
        if level == "organisatie":
            expected = [one for one in expected if one is member]
            if not expected:
                return {}  # where nobody is expected there is no point
        if level == "regio":
            region, expected = member, [one for one in expected if self.serves(peildatum, one, member)]
        rows = [self.row(peildatum, one, region) for one in expected]
        found = {(indicator, name, peildatum): figure(indicator, peildatum, rows) for indicator in FORMULAS}
        if level == "organisatie" and self.cell(peildatum, name).status() == "terzijde":
            for point in found.values():
                point["reden"] = "terzijde-gelegd"
        return found

    def response(self, peildatum):
        """{organisation: status} of who is expected."""
        return {one.name: self.cell(peildatum, one.name).status() for one in self.expected(peildatum)}
