"""Every code that a finding can have is documented, served, and listed in one place in the program."""

import os
import re

from daemon import ROOT

DOCUMENT = ROOT / "docs" / "bevindingen.md"
BLOCK = re.compile(r"(<!-- codes: (\w+) -->\n)(.*?)(<!-- einde -->)", re.DOTALL)
LITERAL = re.compile(r"\.code = (?:slice_of\()?\"")


def table_of(codes, kind):
    """The codes of one kind as they stand in the document."""
    rows = ["| Code | Ernst | Betekenis | Wat te doen |", "|---|---|---|---|"]
    for code in codes:
        if code["soort"] == kind:
            severities = ", ".join(f"`{severity}`" for severity in code["ernst"])
            rows.append(f"| `{code['code']}` | {severities} | {code['betekenis']} | {code['doe']} |")
    return "\n".join(rows) + "\n"


def test_the_document_has_every_code_that_is_served(gimon):
    """GIMON_UPDATE_GOLDEN=1 writes the tables anew."""
    codes = gimon.client().get("/v1/monitors/gi").json()["codes"]
    text = DOCUMENT.read_text(encoding="utf-8")
    kinds = [found[1] for found in BLOCK.findall(text)]
    assert sorted(kinds) == sorted({code["soort"] for code in codes})
    expected = BLOCK.sub(lambda found: found[1] + table_of(codes, found[2]) + found[4], text)
    if os.environ.get("GIMON_UPDATE_GOLDEN") == "1":
        DOCUMENT.write_text(expected, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == expected


def test_the_definitions_own_checks_are_among_the_codes(gimon):
    monitor = gimon.client().get("/v1/monitors/gi").json()
    own = {code["code"]: code["ernst"] for code in monitor["codes"] if code["soort"] == "eigen"}
    assert own == {check["code"]: [check["ernst"]] for check in monitor["controles"]}


def test_no_code_is_given_outside_the_list():
    """A literal as a code would be one that nobody can look up."""
    faults = [f"{path.relative_to(ROOT)}: {line.strip()}"
              for path in sorted((ROOT / "src").rglob("*.[ch]"))
              for line in path.read_text(encoding="utf-8").splitlines() if LITERAL.search(line)]
    assert not faults, "\n".join(faults)
