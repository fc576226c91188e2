"""The JSON Schema of a delivery: takes every right one, refuses wrong ones, as the daemon does."""

import json
from decimal import Decimal

import jsonschema
import pytest

from examples import ORGANISATIONS, PEILDATA, delivery_path, example, example_file


@pytest.fixture(scope="module")
def schema(letter):
    """Read with exact decimals: `multipleOf` 0.01 means nothing to binary fractions."""
    content = json.loads(letter.get("/v1/monitors/gi/schema").body, parse_float=Decimal)
    jsonschema.Draft202012Validator.check_schema(content)
    return jsonschema.Draft202012Validator(content)


def exact(delivery):
    return json.loads(json.dumps(delivery), parse_float=Decimal)


@pytest.mark.parametrize("peildatum", PEILDATA)
def test_every_example_is_valid(schema, peildatum):
    for organisation in ORGANISATIONS:
        text = example_file(peildatum, organisation).read_text(encoding="utf-8")
        schema.validate(json.loads(text, parse_float=Decimal))


def test_the_delivery_of_the_contract_is_valid(schema):
    schema.validate(exact({
        "cijfers": {
            "clienten": {"jeugdbescherming": 1834, "jeugdreclassering": None},
            "fte": {"jeugdbeschermer": 160.25},
            "wachtlijst": {"start": [{"sinds": "2024-09-02", "aantal": 3}],
                           "intern": {"aantal": 12, "dagen": 912}}},
        "regios": {"JZ01": {"clienten": {"jeugdbescherming": 900}}},
        "opgegeven": {"workload": 12.4},
        "toelichtingen": {"sprong": "Overname van cliënten per 1 juli"}}))


def test_a_whole_that_is_not_applicable_is_valid_and_taken(gi, schema):
    delivery = example()
    delivery["cijfers"].update(verloop=None, wachtlijst=None)
    schema.validate(exact(delivery))
    assert gi.put_json(delivery_path("2024-10-01", "jb-noord"), delivery).status == 201
    kept = gi.get(delivery_path("2024-10-01", "jb-noord")).json()
    assert kept["cijfers"]["verloop"] == {"vertrokken": None, "inDienst": None}
    schema.validate(exact(kept))


WRONG = {
    "no figures": lambda d: d.pop("cijfers"),
    "unknown section": lambda d: d.update(cijfer={}),
    "required measure": lambda d: d["cijfers"].pop("fte"),
    "required and empty": lambda d: d["cijfers"].update(fte={}),
    "a number for a whole": lambda d: d["cijfers"].update(verloop=1),
    "a measure without parts": lambda d: d["cijfers"].update(verloop={}),
    "a region without figures": lambda d: d.update(regios={"JZ01": {}}),
    "unknown measure": lambda d: d["cijfers"].update(verlop={"vertrokken": 1}),
    "unknown part": lambda d: d["cijfers"]["clienten"].update(jeugd=1),
    "text": lambda d: d["cijfers"]["clienten"].update(jeugdbescherming="veel"),
    "below zero": lambda d: d["cijfers"]["clienten"].update(jeugdbescherming=-1),
    "too many": lambda d: d["cijfers"]["clienten"].update(jeugdbescherming=10**7 + 1),
    "half a child": lambda d: d["cijfers"]["clienten"].update(jeugdbescherming=12.5),
    "too fine": lambda d: d["cijfers"]["fte"].update(jurist=3.845),
    "a number for a list": lambda d: d["cijfers"]["wachtlijst"].update(start=3),
    "a count without days": lambda d: d["cijfers"]["wachtlijst"].update(start={"aantal": 3}),
    "a row without a date": lambda d: d["cijfers"]["wachtlijst"].update(start=[{"aantal": 3}]),
    "a Dutch date": lambda d: d["cijfers"]["wachtlijst"].update(start=[{"sinds": "2-9-2024", "aantal": 3}]),
    "unknown region": lambda d: d.update(regios={"JZ40": {"clienten": {"jeugdbescherming": 1}}}),
    "not by region": lambda d: d.update(regios={"JZ01": {"verzuim": {"ziektedagen": 1}}}),
    "unknown indicator": lambda d: d.update(opgegeven={"worklaod": 12}),
    "declared text": lambda d: d.update(opgegeven={"workload": "12"}),
    "blank reason": lambda d: d.update(toelichtingen={"sprong": " \n"}),
    "long reason": lambda d: d.update(toelichtingen={"sprong": "x" * 1001}),
    "reason under nothing": lambda d: d.update(toelichtingen={"": "x"}),
}


@pytest.mark.parametrize("spoil", WRONG.values(), ids=WRONG)
def test_a_wrong_delivery_is_not_valid_and_is_refused(gi, schema, spoil):
    delivery = example()
    spoil(delivery)
    assert list(schema.iter_errors(exact(delivery)))
    assert gi.put_json(delivery_path("2024-10-01", "jb-noord"), delivery).status == 400


def test_it_speaks_dutch_to_who_reads_it(schema):
    shown = json.dumps(schema.schema, default=float, ensure_ascii=False)
    for words in ("Kinderen en jeugdigen", "Eenheid: fte.", "niet van toepassing", "Groningen"):
        assert words in shown
