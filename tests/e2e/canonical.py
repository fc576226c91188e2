"""The canonical form of a delivery (rules for the log: RFC 8785 and what the contract adds), made anew.

Written from the contract and not from the program, with Python's own JSON and exact decimals, so that the
two can be held against each other. What is no JSON in the strict sense raises ValueError.
"""

import json
from decimal import Decimal

WAITING_KEYS = {"aantal", "dagen"}


def by_utf16(key):
    """RFC 8785 sorts names as UTF-16 code units."""
    return key.encode("utf-16-be")


def strict_object(pairs):
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a name twice")
    return dict(pairs)


def refuse_constant(name):
    raise ValueError(f"{name} is no number")


def read(body):
    """The value that the bytes hold, numbers as exact decimals."""
    return json.loads(body.decode("utf-8"), parse_float=Decimal, parse_int=Decimal,
                      parse_constant=refuse_constant, object_pairs_hook=strict_object)


def number(value):
    """Shortest decimal, never with an exponent; there is no minus zero."""
    return format(value.normalize(), "f") if value else "0"


def waiting_rows(rows):
    """Dates sorted, equal dates added up, zero rows dropped."""
    counts = {}
    for row in rows:
        counts[row["sinds"]] = counts.get(row["sinds"], 0) + row["aantal"]
    return [{"aantal": counts[since], "sinds": since} for since in sorted(counts) if counts[since]]


def settle(value):
    """A measure, part or region as it is kept."""
    if isinstance(value, list):
        return waiting_rows(value)
    if not isinstance(value, dict):
        return value
    if set(value) == WAITING_KEYS and not any(value.values()):
        return []  # nobody waits
    return {key: settle(member) for key, member in value.items()}


def write(value):
    if value is None:
        return "null"
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(map(write, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{write(key)}:{write(value[key])}" for key in sorted(value, key=by_utf16)) + "}"
    raise ValueError(f"{value!r} has no place in a delivery")


def canonical(body):
    """The bytes that must come back for a delivery that was accepted. An empty section is none."""
    sections = {key: settle(value) for key, value in read(body).items()}
    return write({key: value for key, value in sections.items() if value}).encode()
