"""docs/log.md says how the log is read: its example, computed as it says, and read by gimon itself."""

import json
import re

from chain import FIELDS, fields_digest, heads, previous, sha256
from daemon import ROOT, run

LOG = "gimon:{gi}:log"
TEXT = (ROOT / "docs" / "log.md").read_text(encoding="utf-8")
BEFORE, AFTER = ([(name, fields) for name, fields in json.loads(block)]
                 for block in re.findall(r"^```json\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL))


def stated():
    """The digests in the tables, in the order in which they stand: (what, hexadecimal)."""
    return re.findall(r"^\| ([DH]\(\d\)[^|]*?) \| `([0-9a-f]{64})` \|$", TEXT, re.MULTILINE)


def test_the_digests_are_those_of_the_example():
    before, after = heads(BEFORE), heads(AFTER)
    assert stated() == [
        ("D(1)", fields_digest(BEFORE[0][1]).hex()),
        ("H(1)", before[BEFORE[0][0]]), ("H(2)", before[BEFORE[1][0]]),
        ("D(1) over what was left (`rest`)", fields_digest(AFTER[0][1]).hex()),
        ("H(1)", after[AFTER[0][0]]), ("H(2)", after[AFTER[1][0]]), ("H(3)", after[AFTER[2][0]])]


def test_the_records_of_the_example_are_what_the_page_says_of_records():
    for entries in (BEFORE, AFTER):
        for at, (_, fields) in enumerate(entries):
            assert tuple(fields)[:11] == FIELDS
            assert fields["vorige"] == previous(entries[:at])
            if "geredigeerd" not in fields:
                assert fields["sha256"] == sha256(fields["inhoud"])
    redacted, said = AFTER[0][1], json.loads(AFTER[2][1]["inhoud"])
    assert redacted["geredigeerd"] == said["was"] == fields_digest(BEFORE[0][1]).hex()
    assert said["rest"] == fields_digest(redacted).hex() and said["kenmerk"] == AFTER[0][0]


def test_gimon_reads_the_example_as_the_page_does(workshop):
    redis = workshop.redis().start()
    gimon = workshop.gimon(redis=redis.address)
    for entries in (BEFORE, AFTER):
        redis.put_log(entries)
        done = run("verify", "--config", gimon.config, "--monitor", "gi")
        last = entries[-1][0]
        assert done.stdout == f"gi: ok, {len(entries)} records, last {last}, head {heads(entries)[last]}\n"


def test_gimon_redacts_the_example_as_the_page_does(workshop):
    """All but the id, the time and the attempt of the record that says so."""
    redis = workshop.redis().start()
    gimon = workshop.gimon(redis=redis.address)
    for name, fields in BEFORE:
        redis.call("XADD", LOG, name, *(word for pair in fields.items() for word in pair))
    done = run("redact", BEFORE[0][0], "--config", gimon.config, "--monitor", "gi",
               "--reason", "er stond een naam in")
    assert done.returncode == 0, done.stderr
    entries = redis.log()
    assert entries[:2] == AFTER[:2]
    assert {**entries[2][1], "door": "", "poging": ""} == {**AFTER[2][1], "door": "", "poging": ""}
