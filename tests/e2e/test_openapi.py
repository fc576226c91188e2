"""The OpenAPI document: what it says is what is served, its examples and the real answers fit its schemas."""

import json
import re

import pytest

from examples import deliver, delivery_path, example
from openapi_document import METHODS, Document

DOCUMENT = "/v1/openapi.json"
HERE = delivery_path("2024-10-01", "jb-noord")


@pytest.fixture(scope="module")
def document(letter):
    return Document(letter.get(DOCUMENT).json())


@pytest.fixture(scope="module", autouse=True)
def edition(document, analyst):
    """The edition that the examples of paths name; provisional, as everything was before it."""
    name = document.content["components"]["parameters"]["pad-editie"]["example"]
    made = analyst.request("POST", "/v1/monitors/gi/edities", Content_Type="application/json",
                           body=json.dumps({"naam": name, "status": "voorlopig"}))
    assert made.status == 201, made.text


def test_everybody_may_read_it_from_any_site(gimon):
    answer = gimon.client().get(DOCUMENT)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["API-Version"] == answer.json()["info"]["version"]
    again = gimon.client().get(DOCUMENT, If_None_Match=answer.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    refused = gimon.client().get(DOCUMENT, Accept="image/png")
    assert (refused.status, refused.headers["Access-Control-Allow-Origin"]) == (406, "*")


def test_no_other_path_may_be_read_from_other_sites(letter):
    assert letter.get("/v1/monitors").headers["Access-Control-Allow-Origin"] is None


def test_every_reference_leads_somewhere(document):
    for target in re.findall(r'"\$ref": "([^"]+)"', json.dumps(document.content)):
        assert document.look_up(target), target


def test_every_component_is_used(document):
    text = json.dumps(document.content)
    unused = [f"{kind}/{name}" for kind, found in document.content["components"].items() for name in found
              if kind != "securitySchemes" and f'"#/components/{kind}/{name}"' not in text]
    assert not unused


def test_the_methods_of_a_path_are_those_that_are_served(document, letter):
    """A method that is described is not 405; one that is not is, and Allow names those that are."""
    for path, described in document.content["paths"].items():
        url = next(one for one in document.operations() if one.path == path).url()
        for method in (*METHODS, "options", "patch"):
            answer = letter.request(method.upper(), url)
            assert (answer.status == 405) == (method not in described), f"{method} {url}: {answer.status}"
            if answer.status == 405:
                allowed = {name.strip().lower() for name in answer.headers["Allow"].split(",")} - {"head"}
                assert allowed == set(described), url


def examples_in(value):
    """(schema, example) of everything below that has both."""
    if isinstance(value, list):
        for item in value:
            yield from examples_in(item)
    if isinstance(value, dict):
        if "schema" in value and "example" in value:
            yield value["schema"], value["example"]
        if "schema" in value and "examples" in value:
            yield from ((value["schema"], example["value"]) for example in value["examples"].values())
        for item in value.values():
            yield from examples_in(item)


def test_every_example_fits_its_schema(document):
    count = 0
    for schema, example in examples_in(document.resolve(document.content["paths"])):
        faults = document.faults(schema, example)
        assert not faults, f"{json.dumps(example)[:200]}\n" + "\n".join(faults)
        count += 1
    assert count > 100


def test_every_answer_with_json_has_an_example(document):
    bare = [f"{one.name} {status}" for one in document.operations()
            for status, answer in one.words["responses"].items()
            if answer.get("content", {}).get("application/json", {"example": 1}).keys() == {"schema"}]
    assert bare == ["schema 200", "openapi 200"], "a schema and this document: they are long"


def headers_of(described):
    """Those that an answer always has."""
    return {name for name, header in described["headers"].items() if header.get("required")}


@pytest.mark.parametrize("media", ["application/json", "text/csv", "text/markdown", "text/html"])
def test_every_read_answers_as_it_is_described(document, analyst, media):
    """The real daemon, with every example delivery: each form of each read, held against its schema."""
    asked = 0
    for one in document.operations():
        described = one.words["responses"].get("200", {})
        if one.method != "GET" or media not in described["content"]:
            continue
        answer = analyst.get(one.url(), Accept=media)
        assert answer.status == 200, f"{one.name}: {answer.text}"
        assert answer.headers["Content-Type"].startswith(media)
        assert headers_of(described) <= set(answer.headers), one.name
        content = answer.json() if media == "application/json" else answer.text
        assert not document.faults(described["content"][media]["schema"], content), one.name
        asked += 1
    assert asked >= {"application/json": 14, "text/csv": 4}.get(media, 2)


def test_every_monitor_answers_as_it_is_described(document, analyst):
    """Other questionnaires use parts of a definition that gi has no need of."""
    for monitor in analyst.get("/v1/monitors").json()["monitors"]:
        base = f"/v1/monitors/{monitor['monitor']}"
        tables = [table["tabel"] for table in analyst.get(base).json()["tabellen"]]
        for name, url in (("monitor", base), ("reeksen", f"{base}/reeksen"),
                          *(("tabel", f"{base}/tabellen/{table}") for table in tables)):
            assert_described(document, name, analyst.get(url))


def assert_described(document, name, answer):
    operation = next(one for one in document.operations() if one.name == name)
    described = operation.words["responses"][str(answer.status)]
    assert headers_of(described) <= set(answer.headers), (name, answer.status)
    if "content" in described:
        media = answer.headers["Content-Type"].split(";")[0]
        faults = document.faults(described["content"][media]["schema"], answer.json())
        assert not faults, "\n".join(faults)


def test_every_write_answers_as_it_is_described(document, gimon, workshop):
    gi, analyst = (gimon.client(workshop.token(name)) for name in ("gi", "analist"))

    def post(client, path, value):
        return client.request("POST", path, json.dumps(value), Content_Type="application/json")

    deliver(gi, peildatum="2024-04-01")
    delivery = example()
    assert_described(document, "controleer", post(gi, f"{HERE}/_controleer", delivery))
    assert_described(document, "controleer", post(gi, f"{HERE}/_controleer", {"cijfers": {"x": 1}}))
    assert_described(document, "leverAan", deliver(gi))
    assert_described(document, "leverAan", deliver(gi))
    assert_described(document, "leverAan", deliver(gi, delivery={"cijfers": {"clienten": "veel"}}))
    aside = {"terzijde": True, "reden": "Dubbel geteld."}
    for name, path, value in (("legTerzijde", f"{HERE}/terzijde", aside),
                              ("legTerzijde", f"{HERE}/terzijde", {"terzijde": "ja"}),
                              ("merkOp", f"{HERE}/opmerkingen", {"opmerking": "Gebeld."}),
                              ("heropen", "/v1/monitors/gi/peildata/2024-10-01/heropeningen",
                               {"tot": "2099-01-01", "reden": "Storing."})):
        assert_described(document, name, post(analyst, path, value))
        assert_described(document, name, post(analyst, path, value))
    editions = "/v1/monitors/gi/edities"
    for value in ({"naam": "brief", "status": "definitief"}, {"naam": "brief", "status": "definitief"},
                  {"naam": "brief", "status": "voorlopig"}, {"naam": "Brief"},
                  {"naam": "een", "status": "voorlopig", "peildata": ["2024-10-01"], "toelichting": "Zo."}):
        assert_described(document, "legVast", post(analyst, editions, value))
    for name, path in (("edities", editions), ("editie", f"{editions}/een"), ("herzieningen",
                       "/v1/monitors/gi/herzieningen?niveau=organisatie"), ("reeksen",
                       "/v1/monitors/gi/reeksen?editie=een")):
        assert_described(document, name, analyst.get(path))
    assert_described(document, "respons", analyst.get(HERE.rsplit("/", 1)[0]))
    assert_described(document, "trekIn", gi.request("DELETE", HERE))
    assert_described(document, "trekIn", gi.request("DELETE", HERE))
    assert_described(document, "revisies", gi.get(f"{HERE}/revisies"))
