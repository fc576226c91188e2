#!/usr/bin/python3
"""Whatever the documentation and the comments point to is there.

In Markdown: the target of a link, the heading behind its #, a path between backquotes, and in a table
a function named beside a link to the file that has it. In sources: a page of docs, and a room (as
core/check) that a comment sends the reader to. Prints `file:line: fault` for each; exit 1 if any.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = tuple(path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith("."))
MADE = ("build/", ".demo/")  # not in the repository
LINK = re.compile(r"\[[^\]]*\]\(([^()\s]+)\)")
QUOTED = re.compile(r"`([\w.-]+(?:/[\w.-]+)*/?)`")
PAGE = re.compile(r"(?<![\w/])docs/[\w./-]*\w")
ROOM = re.compile(r"(?<![\w/.<])(?:base|core|codec|desk|edge|cli)/[a-z]\w*(?:\.[ch])?\b")
TEXT = re.compile(r'"[^"]*"')  # between quotes: an include, or the name of something else
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
# A row of a table: a link to a source, then the function to begin at.
BEGIN_AT = re.compile(r"\]\((src/[\w./]+)\) \| `(\w+)` \|$")


def anchors_of(path):
    """What the headings of a page are called behind a #."""
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")
            for heading in HEADING.findall(path.read_text(encoding="utf-8"))}


def link_fault(page, target):
    if re.match(r"[a-z]+:", target):
        return None  # elsewhere
    name, _, anchor = target.partition("#")
    place = page.parent / name if name else page
    if not place.exists():
        return f"there is no {target}"
    if anchor and anchor not in anchors_of(place):
        return f"{place.name} has no heading #{anchor}"
    return None


def quoted_fault(page, name):
    """What begins with a folder of ours, or ends as a folder does, is held to be a path of ours."""
    ours = name.startswith(tuple(f"{folder}/" for folder in FOLDERS))
    if not (ours or name.endswith("/")) or name.startswith(MADE):
        return None
    there = (ROOT / name).exists() or (page.parent / name).exists()
    return None if there or not ours and is_folder(name) else f"there is no {name}"


def is_folder(name):
    """Somewhere below the folders of ours."""
    return any(any((ROOT / folder).rglob(name.rstrip("/"))) for folder in FOLDERS if folder != "build")


def begin_fault(line):
    found = BEGIN_AT.search(line)
    if not found or not (ROOT / found.group(1)).exists():
        return None
    text = (ROOT / found.group(1)).read_text(encoding="utf-8")
    return None if re.search(rf"\b{found.group(2)}\b", text) else f"{found.group(1)} has no {found.group(2)}"


def page_faults(page):
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        faults = [link_fault(page, target) for target in LINK.findall(line)]
        faults += [quoted_fault(page, name) for name in QUOTED.findall(line)]
        faults.append(begin_fault(line))
        yield from ((number, fault) for fault in faults if fault)


def is_there(name):
    """A file or folder of that name, or one that begins so: docs/decisions/0011, core/check."""
    place = ROOT / name
    return place.exists() or any(place.parent.glob(f"{place.name}[-._]*"))


def source_faults(source):
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
        for name in PAGE.findall(line):
            if not is_there(name):
                yield number, f"there is no {name}"
        for name in ROOM.findall(TEXT.sub("", line)):
            if not is_there(f"src/{name}"):
                yield number, f"there is no room {name}"


def main():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "conf").rglob("*.md")]
    sources = [path for folder in ("src", "tests") for path in (ROOT / folder).rglob("*")
               if path.suffix in (".c", ".h", ".py") and path != Path(__file__).resolve()]
    found = [(path, page_faults(path)) for path in sorted(pages)]
    found += [(path, source_faults(path)) for path in sorted(sources)]
    faults = [f"{path.relative_to(ROOT)}:{number}: {fault}" for path, faults in found
              for number, fault in faults]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
