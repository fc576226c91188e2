"""The log's hash chain as docs/log.md describes it, computed without gimon."""

import hashlib

FIELDS = ("v", "soort", "peildatum", "organisatie", "door", "poging", "verwacht", "vorige", "sha256",
          "inhoud", "bevindingen")
START = "0-0 " + 64 * "0"


def fields_digest(fields):
    """SHA-256 of the eleven fields in their order, whatever else stands in the entry."""
    parts = (f"{name}={len(fields.get(name, '').encode())}:{fields.get(name, '')}" for name in FIELDS)
    return hashlib.sha256("".join(parts).encode()).digest()


def record_digest(fields):
    """What the chain runs over: `geredigeerd` where it stands."""
    return bytes.fromhex(fields["geredigeerd"]) if "geredigeerd" in fields else fields_digest(fields)


def heads(entries):
    """{id: head after it, hexadecimal}."""
    head, found = bytes(32), {}
    for name, fields in entries:
        head = hashlib.sha256(head + f"{name}\n".encode() + record_digest(fields)).digest()
        found[name] = head.hex()
    return found


def previous(entries):
    """`vorige` of a writer who knows these entries."""
    return f"{entries[-1][0]} {heads(entries)[entries[-1][0]]}" if entries else START


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def record(entries, **fields):
    """The fields of a next record as a writer makes them."""
    whole = {"v": "1", "soort": "opmerking", "door": "proef", "poging": f"poging {len(entries)}",
             "vorige": previous(entries), "inhoud": "{}", "bevindingen": "", **fields}
    whole.setdefault("sha256", sha256(whole["inhoud"]))
    return {name: whole.get(name, "") for name in (*FIELDS, "geredigeerd") if name in FIELDS or name in whole}
