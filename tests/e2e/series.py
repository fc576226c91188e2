"""Series as an analyst asks for them, with every number exact."""

import json
from decimal import Decimal
from fractions import Fraction

from plain_figures import FORMULAS

REGIONS = tuple(f"JZ{number:02}" for number in range(1, 44) if number != 40)
LEVELS = {"landelijk": None, "organisatie": "organisatie", "regio": "regio"}
EXACT = ("waarde", "teller", "noemer", "norm")
SAID = ("definitie", "reeksbreuk", "respons", "reden")


def series_path(level):
    """Everything that plain_figures.py can compute, on one level."""
    return f"/v1/monitors/gi/reeksen?niveau={level}&indicator={','.join(FORMULAS)}"


def points_of(client, level, said=SAID):
    """{(indicator, organisation or region, peildatum): point}, numbers as fractions."""
    answer = client.get(series_path(level))
    assert answer.status == 200, answer.text
    found = {}
    for point in json.loads(answer.body, parse_float=Decimal)["reeksen"]:
        figure = {key: Fraction(point[key]) for key in EXACT if key in point}
        figure.update({key: point[key] for key in said if key in point})
        found[point["indicator"], point.get(LEVELS[level]), point["peildatum"]] = figure
    return found


def assert_plain(client, plain, level):
    """Every figure is what the plain model says; gives what it says."""
    found, wanted = points_of(client, level), plain.points(level)
    assert found.keys() == wanted.keys()
    wrong = [(key, found[key], wanted[key]) for key in wanted if found[key] != wanted[key]]
    assert not wrong, wrong[0]
    return wanted
