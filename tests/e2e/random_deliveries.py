"""Random organisations and random deliveries of the GI monitor that its checks take."""

from datetime import date, timedelta

from plain_figures import Organisation
from series import REGIONS

FIRST, LAST = date(2022, 12, 1), date(2024, 10, 1)


def random_organisation(chance, number):
    """Valid from the first peildatum or a random day, with an end in one of three cases."""
    days = (LAST - FIRST).days
    since = FIRST + timedelta(chance.choice([0, 0, chance.randrange(days // 2)]))
    until = since + timedelta(chance.randrange(days)) if chance.random() < 1 / 3 else None
    regions = tuple(sorted(chance.sample(REGIONS, chance.randrange(4))))
    return Organisation(f"proef-{number}", since.isoformat(), until and until.isoformat(), regions)


def register_of(organisations):
    """The text of organisaties.yaml."""
    lines = ["organisaties:"]
    for one in organisations:
        more = (f", tot: {one.until}" if one.until else "") + (
            f", regios: [{', '.join(one.regions)}]" if one.regions else "")
        lines.append(f"  {one.name}: {{naam: {one.name}, monitors: [gi], vanaf: {one.since}{more}}}")
    return "\n".join(lines) + "\n"


def some(chance, parts, required=False):
    """Values of which now and then one is null or left out, and of a required measure not all."""
    kept = dict(parts)
    for part in parts:
        fate = chance.random()
        if fate < 0.06:
            kept[part] = None
        elif fate < 0.12 and not (required and len(kept) == 1):
            del kept[part]
    return kept


def random_dates(chance, peildatum):
    """Waiting dates on both sides of the boundary; some days twice, some with nobody."""
    day = date.fromisoformat(peildatum)
    return [{"sinds": (day - timedelta(chance.choice([chance.randrange(14), chance.randrange(200)]))).isoformat(),
             "aantal": chance.randrange(9)} for _ in range(chance.randrange(15))]


def random_list(chance, peildatum):
    """Dates, or a count with days, or nobody."""
    count = chance.randrange(1, 30)
    return chance.choice([random_dates(chance, peildatum), random_dates(chance, peildatum), [],
                          {"aantal": count, "dagen": count * 8 + chance.randrange(500)}, {"aantal": 0, "dagen": 0}])


def share(chance, value, left):
    """A part of a value for one region, and what is left of it for the others."""
    if isinstance(value, list):
        taken = [{**row, "aantal": chance.randint(0, row["aantal"])} for row in left]
        return taken, [{**row, "aantal": row["aantal"] - gone["aantal"]} for row, gone in zip(left, taken)]
    if isinstance(value, dict):
        count = left["aantal"] // 2
        taken = {"aantal": count, "dagen": left["dagen"] * count // left["aantal"] if count else 0}
        return taken, {key: left[key] - taken[key] for key in taken}
    part = round(left * chance.choice([0, 0.3, 0.5, 1]), 2)
    part = int(part) if isinstance(value, int) else part
    return part, round(left - part, 2)


def random_regions(chance, figures):
    """Some of the parts over some regions; what is not given stays with no region."""
    left = {(measure, part): value for measure in ("clienten", "fte", "wachtlijst")
            for part, value in figures.get(measure, {}).items() if value is not None}
    found = {}
    for region in chance.sample(REGIONS, chance.randrange(1, 4)):
        figures_here = {}
        for (measure, part), value in left.items():
            if chance.random() < 0.85:
                taken, left[measure, part] = share(chance, value, left[measure, part])
                figures_here.setdefault(measure, {})[part] = taken
            elif chance.random() < 0.3:
                figures_here.setdefault(measure, {})[part] = None
        if figures_here:
            found[region] = figures_here
    return found


def random_figures(chance, peildatum):
    sick, staff = chance.randrange(900), chance.choice([0, chance.randrange(200)])
    figures = {
        "clienten": some(chance, {"jeugdbescherming": chance.randrange(300, 3000),
                                  "jeugdreclassering": chance.randrange(300, 900)}, required=True),
        "fte": some(chance, {name: chance.randrange(1, 20000) / 100 for name in (
            "jeugdbeschermer", "jeugdreclasseerder", "ondersteunend", "gedragswetenschapper", "jurist")}, True),
        "wachtlijst": some(chance, {name: random_list(chance, peildatum) for name in ("start", "intern")}),
        "verloop": some(chance, {"vertrokken": chance.randrange(40), "inDienst": staff}),
        "verzuim": some(chance, {"ziektedagen": sick, "beschikbaar": sick + chance.randrange(20000)}),
    }
    return {measure: parts for measure, parts in figures.items() if parts}


def random_delivery(chance, peildatum):
    figures = random_figures(chance, peildatum)
    delivery = {"cijfers": figures, "toelichtingen": {"sprong": "Een toevallige aanlevering."}}
    regions = random_regions(chance, figures) if chance.random() < 0.5 else {}
    return {**delivery, "regios": regions} if regions else delivery
