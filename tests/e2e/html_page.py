"""Reads a page as a strict reader would: what it is made of, and everything that is wrong with it."""

import re
from html.parser import HTMLParser

VOID = {"meta", "br"}
ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
# Nothing that runs, loads or sends.
FORBIDDEN = {"script", "link", "img", "iframe", "form", "object", "embed", "base"}


class Page(HTMLParser):
    """The elements of a document; `faults` says what a browser would silently mend or nobody could use."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.faults = []
        self.texts = {}  # element: the texts of all of that name
        self.tables = []  # rows of (element, text)
        self.lang = None
        self.feed(text)
        self.close()
        if not text.startswith("<!DOCTYPE html>\n"):
            self.faults.append("no doctype")
        if self.open:
            self.faults.append(f"never closed: {self.open}")
        self.check_whole()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if len(given) != len(attrs):
            self.faults.append(f"an attribute twice: {tag} {attrs}")
        self.check_element(tag, given)
        if tag == "html":
            self.lang = given.get("lang")
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("th", "td"):
            self.tables[-1][-1].append([tag, ""])
        self.texts.setdefault(tag, []).append("")
        if tag not in VOID:
            self.open.append(tag)

    def check_element(self, tag, given):
        if tag in FORBIDDEN or any(name.startswith("on") or name == "style" for name in given):
            self.faults.append(f"not in a page of ours: {tag} {given}")
        if tag in ROLES and given.get("role") != ROLES[tag]:
            self.faults.append(f"role of {tag}: {given}")
        if tag == "th" and given.get("scope") not in ("col", "row", "rowgroup"):
            self.faults.append(f"th without scope: {given}")
        if tag == "td" and not given.get("data-kolom"):
            self.faults.append("td without the name of its column")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data):
        if self.open:
            self.texts[self.open[-1]][-1] += data
        if self.tables and self.tables[-1] and {"th", "td"} & set(self.open):
            self.tables[-1][-1][-1][1] += data

    def check_whole(self):
        if self.lang != "nl":
            self.faults.append(f"lang is {self.lang}")
        for tag in ("title", "h1", "main"):
            if len(self.texts.get(tag, [])) != 1:
                self.faults.append(f"not exactly one {tag}")
        if len(self.texts.get("caption", [])) != len(self.tables):
            self.faults.append("a table without a caption")
        for rows in self.tables:
            self.check_table(rows)

    def check_table(self, rows):
        """The head has only headers; every other row one and cells, as many as there are columns."""
        width = len(rows[0])
        if {tag for tag, _ in rows[0]} != {"th"}:
            self.faults.append("a head with cells")
        for row in rows[1:]:
            group = len(row) == 1
            if not group and [tag for tag, _ in row] != ["th"] + ["td"] * (width - 1):
                self.faults.append(f"a row of another shape: {row}")
            if any(not re.search(r"\S", text) for _, text in row):
                self.faults.append(f"an empty cell: {row}")

    def rows(self):
        """{name of the row: texts of its cells} of the first table."""
        return {row[0][1]: [text for _, text in row[1:]] for row in self.tables[0][1:]}
