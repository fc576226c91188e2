"""What somebody may do to a log that is not theirs; each takes entries as RedisServer.log gives them."""

from chain import previous, record

AT = 3  # the record that is tampered with: definitions first, then deliveries


def chained(entries):
    """The same records, each by a writer who knew all before it."""
    whole = []
    for name, fields in entries:
        whole.append((name, {**fields, "vorige": previous(whole), "poging": f"poging {name}"}))
    return whole


def with_field(entries, at, field, value):
    name, fields = entries[at]
    return [*entries[:at], (name, {**fields, field: value}), *entries[at:][1:]]


def altered_content(entries):
    text = entries[AT][1]["inhoud"]
    assert '"ziektedagen":10' in text
    return with_field(entries, AT, "inhoud", text.replace('"ziektedagen":10', '"ziektedagen":11'))


def altered_by(entries):
    return with_field(entries, AT, "door", "iemand anders")


def altered_findings(entries):
    return with_field(entries, AT, "bevindingen", "[{}]")


def altered_kind(entries):
    return with_field(entries, AT, "soort", "opmerking")


def id_behind(entries, at):
    """An id between that of a record and the next: there must be room for it."""
    millisecond, number = entries[at][0].split("-")
    name = f"{millisecond}-{int(number) + 1}"
    assert name != entries[at + 1][0]
    return name


def altered_id(entries):
    return [*entries[:AT], (id_behind(entries, AT), entries[AT][1]), *entries[AT + 1:]]


def removed(entries):
    return [*entries[:AT], *entries[AT + 1:]]


def renamed_field(entries):
    name, fields = entries[AT]
    return [*entries[:AT], (name, {"doos" if key == "door" else key: value
                                   for key, value in fields.items()}), *entries[AT + 1:]]


def put_in_between(entries):
    forged = record(entries[:AT], poging="een andere")
    return [*entries[:AT], (id_behind(entries, AT - 1), forged), *entries[AT:]]
