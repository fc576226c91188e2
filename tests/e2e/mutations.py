#!/usr/bin/python3
"""Random mutations of valid deliveries; the same seed and number always give the same bytes.

Some work on the bytes, of JSON or CSV, and know nothing of either; the others change a node of the tree and
write it anew, in any of the ways in which the same value can be written in JSON. To have one in a file:

    tests/e2e/mutations.py SEED NUMBER >body
"""

import json
import random
import sys
from collections import namedtuple

from examples import ORGANISATIONS, example_file

PEILDATUM = "2024-10-01"
JSON, CSV = "application/json", "text/csv"
NUMBERS = ["0", "-0", "1", "-1", "8", "402.0", "4.02e2", "0.5", "1e0", "12E-1", "160.255", "10000000", "10000001",
           "123456782", "999999999999999999", "1e18", "1e999", "-1e999", "1e-400", "9007199254740993", "01",
           "1.", ".5", "+1", "0x10", "NaN", "Infinity", "1,5", "1.000", "", "null", "true", "false"]
TEXTS = ["", " ", "\0", "\x1f", "\x7f", "é", "e\u0301", "\u200b", "\u2028", "\ufeff", "\ufffd", "\U0001f600", "\U0010ffff",
         "123456782", "cliënt 111222333", "x" * 300, "y" * 1001, "%s%n", "'; --", "../../", "\\", '"', "null"]
NAMES = ["cijfers", "regios", "opgegeven", "toelichtingen", "clienten", "fte", "wachtlijst", "start", "intern", "aantal",
         "dagen", "sinds", "verloop", "workload", "sprong", "JZ01", "JZ40", "Cijfers", "", "a/b~c", "\U0001f600", "z" * 200]
DATES = ["2024-10-01", "2024-10-02", "2024-02-30", "2024-09-20", "2006-09-30", "1899-12-31", "9999-12-31", "1-10-2024", ""]
JUNK = [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xc0\x80", b"\xef\xbb\xbf", b"\0", b"\\u0000", b"\\ud800",
        b"\\udc00\\ud800", b"\\x", b";", b"\t", b"n.v.t.", b"1.000", b",5", b"{", b"}", b"[", b"]", b",", b":", b'"', b"//", b"\r", b"\x0c", b"1e9", b"null"]


class Word(str):
    """A number or word to be written as it is."""


# ---- bytes

def flip(chance, body):
    at = chance.randrange(len(body))
    return body[:at] + bytes([body[at] ^ 1 << chance.randrange(8)]) + body[at + 1:]


def truncate(chance, body):
    return body[:chance.randrange(len(body))]


def cut(chance, body):
    at = chance.randrange(len(body))
    return body[:at] + body[at + chance.randint(1, 40):]


def insert(chance, body):
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.choice(JUNK) * chance.choice([1, 1, 1, 2, 50]) + body[at:]


def repeat_line(chance, body):
    lines = body.split(b"\n")
    at = chance.randrange(len(lines))
    return b"\n".join(lines[:at + 1] + lines[at:])


def swap_lines(chance, body):
    lines = body.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def repeat_piece(chance, body):
    at = chance.randrange(len(body))
    piece = body[at:at + chance.randint(1, 200)]
    return body[:at] + piece * chance.randint(2, 20) + body[at:]


def nest(chance, body):
    at = chance.randrange(len(body))
    depth = chance.choice([2, 10, 17, 100, 20000])
    return body[:at] + chance.choice([b"[", b'{"a":']) * depth + body[at:]


def edit_digit(chance, body):
    places = [at for at, byte in enumerate(body) if chr(byte).isdigit()]
    if not places:
        return body
    at = chance.choice(places)
    return body[:at] + chance.choice([b"0", b"9", b"12", b"-", b".", b"e", b" "]) + body[at + 1:]


BYTES = [flip, truncate, cut, insert, repeat_line, swap_lines, repeat_piece, nest, edit_digit]


# ---- the tree

def nodes(value):
    """(container, key) of everything in the tree."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in inner:
        yield value, key
        yield from nodes(member)


def any_value(chance):
    return chance.choice([
        lambda: Word(chance.choice(NUMBERS)), lambda: Word(chance.randrange(3000)), lambda: chance.choice(TEXTS), dict, list,
        lambda: chance.choice(DATES), lambda: {"aantal": chance.randrange(20), "dagen": chance.randrange(2000)},
        lambda: [{"sinds": chance.choice(DATES), "aantal": chance.randrange(20)} for _ in range(chance.randrange(4))],
        lambda: {"JZ01": {"clienten": {"jeugdbescherming": chance.randrange(2000)}}},
        lambda: {chance.choice(NAMES): chance.choice(TEXTS)}])()


def replace(chance, _root, place, key):
    place[key] = any_value(chance)


def nudge(chance, _root, place, key):
    """Another plausible value: most of these are accepted."""
    if isinstance(place[key], (int, float)):
        place[key] = Word(f"{max(0, place[key] + chance.randint(-3, 3)):.{chance.choice([0, 1, 2])}f}")
    elif key == "sinds":
        place[key] = f"2024-{chance.randint(1, 9):02}-{chance.randint(1, 30):02}"


def remove(_chance, _root, place, key):
    del place[key]


def rename(chance, _root, place, key):
    if isinstance(place, dict):
        place[chance.choice(NAMES)] = place.pop(key)


def add(chance, _root, place, key):
    target = place[key] if isinstance(place[key], (dict, list)) else place
    if isinstance(target, dict):
        target[chance.choice(NAMES)] = any_value(chance)
    else:
        target.insert(chance.randrange(len(target) + 1), any_value(chance))


def swap(chance, root, place, key):
    other, other_key = chance.choice(list(nodes(root)))
    place[key], other[other_key] = json.loads(json.dumps(other[other_key])), json.loads(json.dumps(place[key]))


def repeat_row(chance, _root, place, key):
    if isinstance(place, list):
        place.insert(chance.randrange(len(place) + 1), place[key])


def explain(chance, root, _place, _key):
    notes = root.setdefault("toelichtingen", {})
    if isinstance(notes, dict):
        notes[chance.choice(["sprong", "algemeen", *NAMES])] = chance.choice(TEXTS) + "".join(
            chr(chance.choice([chance.randrange(32, 0xD800), chance.randrange(0xE000, 0x110000)])) for _ in range(5))


def declare(chance, root, _place, _key):
    root["opgegeven"] = {"workload": Word(f"{chance.randrange(200) / 10}"), "fte": Word(chance.choice(NUMBERS[:12]))}


TREE = [replace, nudge, nudge, nudge, remove, rename, add, swap, repeat_row, explain, declare]


# ---- writing: the same value in many ways

def escaped(chance, text):
    """Some characters as \\u escapes."""
    out = []
    for unit in json.dumps(text, ensure_ascii=chance.random() < 0.3)[1:-1]:
        plain = unit.isalnum() and ord(unit) < 0x80 and out[-1:] != ["\\"]
        out.append(unit)
        if plain and chance.random() < 0.02 and not any("\\" in before for before in out[-6:]):
            out[-1] = f"\\u{ord(unit):04X}"
    return '"' + "".join(out) + '"'


def spelled(chance, value):
    if isinstance(value, Word):
        return str(value)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int) and value and chance.random() < 0.1:
        return chance.choice([f"{value}.0", f"{value}e0", f"{value}0E-1", f"{value}.00e+00"])
    return repr(value)


def write(chance, value):
    def blank():
        return chance.choice(["", "", "", " ", "\n", "\r\n", "\t"])

    if isinstance(value, dict):
        members = [f"{escaped(chance, key)}{blank()}:{write(chance, member)}" for key, member in value.items()]
        if chance.random() < 0.2:
            chance.shuffle(members)
        return "{" + blank() + ",".join(members) + blank() + "}"
    if isinstance(value, list):
        return "[" + ("," + blank()).join(write(chance, member) for member in value) + "]"
    if isinstance(value, str) and not isinstance(value, Word):
        return escaped(chance, value)
    return blank() + spelled(chance, value)


# ---- mutating

def mutate_tree(chance, body):
    root = json.loads(body)
    for _ in range(chance.choice([0, 1, 1, 1, 2, 5])):
        places = list(nodes(root))
        if places:
            chance.choice(TREE)(chance, root, *chance.choice(places))
    return write(chance, root).encode("utf-8", "surrogatepass")


def mutate_bytes(chance, body):
    for _ in range(chance.choice([1, 1, 2, 5])):
        body = chance.choice(BYTES)(chance, body or b"{}")
    return body


# ---- CSV

def csv_number(value):
    return "n.v.t." if value is None else str(value).replace(".", ",")


def csv_lines(measure, part, value):
    if isinstance(value, list):
        yield from (f"{measure};{part};;{row['sinds']};{row['aantal']}" for row in value)
        if not value:
            yield f"{measure};{part}.aantal;;;0"
    elif isinstance(value, dict):
        yield from (f"{measure};{part}.{key};;;{value[key]}" for key in ("aantal", "dagen"))
    else:
        yield f"{measure};{part};;;{csv_number(value)}"


def as_csv(delivery):
    lines = ["cijfer;deel;regio;sinds;waarde"]
    for measure, parts in delivery["cijfers"].items():
        for part, value in parts.items():
            lines.extend(csv_lines(measure, part, value))
    lines.extend(f"opgegeven;{name};;;{csv_number(value)}" for name, value in delivery.get("opgegeven", {}).items())
    lines.extend(f'toelichting;{code};;;"{text}"' for code, text in delivery.get("toelichtingen", {}).items())
    return "\r\n".join([*lines, ""]).encode()


def mutate_csv(chance, body):
    body = as_csv(json.loads(body))
    return body if chance.random() < 0.02 else mutate_bytes(chance, body)


# ---- a mutation

Mutation = namedtuple("Mutation", "organisation media body")
KINDS = [(JSON, mutate_bytes), (JSON, mutate_tree), (JSON, mutate_tree), (CSV, mutate_csv)]


def mutation(seed, number):
    chance = random.Random(f"{seed}-{number}")
    organisation = chance.choice(ORGANISATIONS)
    media, mutate = chance.choice(KINDS)
    return Mutation(organisation, media, mutate(chance, example_file(PEILDATUM, organisation).read_bytes()))


if __name__ == "__main__":
    sys.stdout.buffer.write(mutation(sys.argv[1], int(sys.argv[2])).body)
