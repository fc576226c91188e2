"""How the example deliveries split a whole number: over organisations, parts and regions, adding up to it."""

from fractions import Fraction

# Who delivers by region too, and how many children live in each region, per mille of the organisation's.
REGIONAL_SINCE = "2024-04-01"
REGIONS = {
    "rbv": {"JZ02": 1000},
    "jb-overijssel": {"JZ07": 452, "JZ14": 548},
    "save-midden-nederland": {"JZ08": 318, "JZ19": 92, "JZ20": 187, "JZ21": 41, "JZ22": 203, "JZ23": 61, "JZ26": 98},
    "jb-west": {"JZ18": 166, "JZ24": 437, "JZ27": 88, "JZ31": 171, "JZ38": 138},
    "jb-rotterdam": {"JZ29": 1000},
    "jb-brabant": {"JZ33": 232, "JZ34": 94, "JZ35": 214, "JZ36": 189, "JZ39": 271},
    "bjz-limburg": {"JZ37": 226, "JZ41": 539, "JZ42": 107, "JZ43": 128},
}


def wobble(spread, *names):
    """A whole number from -spread to spread that follows from the names."""
    seed = 17
    for byte in "/".join(map(str, names)).encode():
        seed = (seed * 48271 + byte + 1) % 2147483647
    for _ in range(3):
        seed = seed * 48271 % 2147483647
    return seed // 64 % (2 * spread + 1) - spread


def distribute(total, weights):
    """Splits a whole number by weight, largest remainder first; the parts add up to it."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_rest = sorted(range(len(parts)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_rest[: total - sum(parts)]:
        parts[i] += 1
    return parts


def over_regions(total, organisation, *names):
    """A whole number over the organisation's regions."""
    return distribute(total, [weight * (100 + wobble(12, organisation, region, *names))
                              for region, weight in REGIONS[organisation].items()])


def rows_over_regions(rows, organisation, part):
    """A waiting list by date, one list a region; a region in which nobody waits has an empty one."""
    lists = [[] for _ in REGIONS[organisation]]
    for row in rows:
        for of_region, count in zip(lists, over_regions(row["aantal"], organisation, part, row["sinds"])):
            if count:
                of_region.append({**row, "aantal": count})
    return lists


def waiting_over_regions(value, organisation, part):
    if isinstance(value, list):
        return rows_over_regions(value, organisation, part)
    counts = over_regions(value["aantal"], organisation, part)
    days = distribute(value["dagen"], counts)
    return [{"aantal": count, "dagen": wait} for count, wait in zip(counts, days)]


def part_over_regions(measure, part, value, organisation):
    """One part of a measure, a value a region."""
    if measure == "wachtlijst":
        return waiting_over_regions(value, organisation, part)
    if measure == "fte":
        return [Fraction(units, 100) for units in over_regions(int(value * 100), organisation, part)]
    return over_regions(value, organisation, part)


def by_region(cijfers, organisation):
    """The `regios` of a delivery."""
    made = {region: {} for region in REGIONS[organisation]}
    for measure in ("clienten", "fte", "wachtlijst"):
        for part, value in cijfers[measure].items():
            for region, share in zip(made, part_over_regions(measure, part, value, organisation)):
                made[region].setdefault(measure, {})[part] = share
    return made
