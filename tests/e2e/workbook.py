"""A workbook (.xlsx) read without a spreadsheet: the cells as the file says they are."""

import io
import re
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DAY_ZERO = date(1899, 12, 30)


def column_of(reference):
    """The place of a column: AB7 is 27."""
    place = 0
    for letter in re.match(r"[A-Z]+", reference).group():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


class Workbook:
    """Sheets by name, each a list of rows of values: text, numbers (float), dates, or None."""

    def __init__(self, content):
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        assert self.archive.testzip() is None
        strings = self.tree("xl/sharedStrings.xml").findall(f"{MAIN}si")
        self.strings = ["".join(part.text or "" for part in string.iter(f"{MAIN}t"))
                        for string in strings]
        self.date_styles = self.find_date_styles()
        names = [sheet.get("name") for sheet in self.tree("xl/workbook.xml").iter(f"{MAIN}sheet")]
        self.sheets = {name: self.read_sheet(number) for number, name in enumerate(names, 1)}

    def tree(self, name):
        return ElementTree.fromstring(self.archive.read(name))

    def find_date_styles(self):
        """The cell styles that show a number as a date."""
        styles = self.tree("xl/styles.xml")
        dates = {form.get("numFmtId") for form in styles.iter(f"{MAIN}numFmt")
                 if "yyyy" in form.get("formatCode")}
        cells = styles.find(f"{MAIN}cellXfs").findall(f"{MAIN}xf")
        return {str(place) for place, cell in enumerate(cells) if cell.get("numFmtId") in dates}

    def read_sheet(self, number):
        rows = []
        for row in self.tree(f"xl/worksheets/sheet{number}.xml").iter(f"{MAIN}row"):
            while len(rows) < int(row.get("r")):
                rows.append([])
            for cell in row:
                place = column_of(cell.get("r"))
                rows[-1] += [None] * (place + 1 - len(rows[-1]))
                rows[-1][place] = self.value_of(cell)
        return rows

    def value_of(self, cell):
        content = cell.find(f"{MAIN}v")
        if content is None:
            return None
        if cell.get("t") == "s":
            return self.strings[int(content.text)]
        assert cell.get("t", "n") == "n", "neither text nor number"
        if cell.get("s") in self.date_styles:
            return DAY_ZERO + timedelta(days=int(content.text))
        return float(content.text)

    def created(self):
        """The moment of creation, as the file says it."""
        core = self.archive.read("docProps/core.xml").decode()
        return re.search(r"<dcterms:created[^>]*>([^<]*)<", core).group(1)
