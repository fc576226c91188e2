#!/usr/bin/python3
"""Holds the code to the house rules that can be counted.

No function over 60 lines, no file over 400, no prototype with more than 5 parameters, no more than 3
levels of nesting. Prints `file:line: rule` for each fault; exit 1 if any. How lines are broken is
clang-format's to say.
"""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES, MOST_FUNCTION, MOST_PARAMETERS, MOST_NESTING = 400, 60, 5, 3
# A prototype or definition at the margin: words, a name, the parameters, then ; or {.
PROTOTYPE = re.compile(r"^[a-z_][\w \t*]*?[ *](\w+)\(((?:[^(){};]|\([^(){};]*\))*)\)"
                       r"(?:\s*__attribute__\(\(.*?\)\))*\s*[;{]", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
CONTROL = re.compile(r"^( +)(?:if|for|while|switch|do)\b")
# libmicrohttpd says how its callbacks look; so do libuv and curl, but they keep to five.
DICTATED = re.compile(r"\bMHD_Result\b")


def without_comments(text):
    """The same lines, comments blanked."""
    return COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)


def long_functions(lines):
    """A body opens and closes with a brace in column one."""
    opened = None
    for number, line in enumerate(lines, 1):
        if line.startswith("{"):
            opened = number
        elif line.startswith("}") and opened:
            if number - opened - 1 > MOST_FUNCTION:
                yield opened, f"function of {number - opened - 1} lines, at most {MOST_FUNCTION}"
            opened = None


def deep_nesting(lines):
    """Four spaces a level; the body itself is at four."""
    for number, line in enumerate(lines, 1):
        found = CONTROL.match(line)
        if found and len(found.group(1)) // 4 > MOST_NESTING:
            yield number, f"nested deeper than {MOST_NESTING} levels"


def long_prototypes(text):
    for found in PROTOTYPE.finditer(text):
        flat = re.sub(r"\([^()]*\)", "", found.group(2))
        count = flat.count(",") + 1
        if count > MOST_PARAMETERS and not DICTATED.search(found.group().split("(")[0]):
            yield (text.count("\n", 0, found.start()) + 1,
                   f"{found.group(1)} has {count} parameters, at most {MOST_PARAMETERS}")


def c_faults(path):
    text = without_comments(path.read_text(encoding="utf-8"))
    lines = text.splitlines()
    yield from long_functions(lines)
    yield from deep_nesting(lines)
    yield from long_prototypes(text)


def python_faults(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno > MOST_FUNCTION:
            yield node.lineno, f"{node.name} is over {MOST_FUNCTION} lines"


def faults_of(path):
    count = len(path.read_text(encoding="utf-8").splitlines())
    if count > MOST_LINES:
        yield 1, f"{count} lines, at most {MOST_LINES}"
    yield from python_faults(path) if path.suffix == ".py" else c_faults(path)


def main():
    files = [path for folder in ("src", "tests") for path in sorted((ROOT / folder).rglob("*"))
             if path.suffix in (".c", ".h", ".py")]
    faults = [f"{path.relative_to(ROOT)}:{line}: {rule}"
              for path in files for line, rule in faults_of(path)]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
