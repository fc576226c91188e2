"""Deliveries as a spreadsheet saves them: cells in, bytes out, with each habit by name."""

BOM = b"\xef\xbb\xbf"


def cells_of(content):
    """The rows of a template as lists of cells; nothing in it is quoted."""
    return [line.split(";") for line in content.removeprefix(BOM).decode().split("\r\n") if line]


def dutch_date(date):
    """2024-09-01 as Dutch Excel shows and saves it: 1-9-2024."""
    year, month, day = date.split("-")
    return f"{int(day)}-{int(month)}-{year}"


def dutch_number(value, thousands=False):
    """12.5 as 12,5; with thousands points 1834 as 1.834."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".") if thousands else str(value)
    return str(value).replace(".", ",")


def filled_in(template, delivery, thousands=False):
    """The rows of the template with a delivery in them, as somebody types it into Excel.

    Parts with waiting dates get a copied row for each date; what is not in the delivery stays empty.
    """
    rows = [template[0]]
    for measure, part, *_, in template[1:]:
        value = delivery["cijfers"].get(measure, {}).get(part)
        if measure == "toelichting":
            rows.append([measure, part, "", "", delivery.get("toelichtingen", {}).get(part, "")])
        elif isinstance(value, list) and value:
            rows += [[measure, part, "", dutch_date(row["sinds"]), dutch_number(row["aantal"], thousands)]
                     for row in value]
        elif "." in part:
            rows.append([measure, part, "", "", waiting_sum(delivery, measure, part, thousands)])
        else:
            plain = isinstance(value, (int, float))
            rows.append([measure, part, "", "", dutch_number(value, thousands) if plain else ""])
    return rows


def waiting_sum(delivery, measure, part, thousands):
    """What stands on a line `start.aantal`: a count, 0 where nobody waits, else nothing."""
    part, aspect = part.split(".")
    value = delivery["cijfers"].get(measure, {}).get(part)
    if value == []:
        return "0" if aspect == "aantal" else ""
    return dutch_number(value[aspect], thousands) if isinstance(value, dict) else ""


def quoted(cell, separator):
    """A cell in quotes where a spreadsheet puts them."""
    if any(mark in cell for mark in (separator, '"', "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def saved(rows, separator=";", encoding="utf-8-sig", line_end="\r\n", spare=0, blank_lines=0,
          quote=quoted):
    """The bytes of the file: `spare` empty columns behind, `blank_lines` empty rows below."""
    lines = [separator.join(quote(cell, separator) for cell in row + [""] * spare) for row in rows]
    lines += [separator * (len(rows[0]) - 1 + spare)] * blank_lines
    return (line_end.join(lines) + line_end).encode(encoding)
