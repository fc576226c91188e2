"""Every route that is described, times every error that can be forced on it.

The routes come from the served document, so a route that is added is swept by itself. Each answer is
problem+json with an API-Version, has the status that the error must have, and is one that the document
says the route can give.
"""

import json

import pytest

from examples import deliver, delivery_path, example, with_sick_days
from openapi_document import Document
from problem import assert_problem
from workshop import Workshop

ROLES = {"gi": "gi", "analist": "analist", "beheer": "beheer"}
NO_TOKEN_OF_OURS = "gimon_" + "x" * 40
TOO_LARGE = b" " * (2 * 1024 * 1024)
# Many wrong tokens in a row are a part of the sweep.
PATIENT = "limieten: {fouteTokens: {pogingen: 1000, perSeconden: 3600}}\n"
UNKNOWN = {"monitor": "onbekend", "peildatum": "2024-10-02", "organisatie": "onbekend",
           "tabel": "onbekend", "n": "99", "editie": "onbekend"}


class Sweep:
    """A daemon with one delivery, and everything that can be asked of it."""

    def __init__(self, gimon, tokens):
        self.client = gimon.client()
        self.tokens = tokens
        deliver(self.client.with_token(tokens["gi"]))
        self.document = Document(self.client.get("/v1/openapi.json").json())
        self.operations = self.document.operations()

    def token_for(self, operation):
        """Of a role that may; of the public where nobody else need be asked."""
        role = next(role for role in ("gi", "analist", "beheer") if role in operation.words["x-rollen"])
        return self.tokens[role]

    def ask(self, operation, url=None, method=None, body=None, token="", **headers):
        """A request that is right but for what is given; `token` None is none."""
        media, example = next(iter(operation.body().items()), (None, None))
        if media is not None:
            headers.setdefault("Content_Type", media)
            body = json.dumps(example) if body is None else body
        if token is not None:
            headers.setdefault("Authorization", f"Bearer {token or self.token_for(operation)}")
        return self.client.request(method or operation.method, url or operation.url(), body, **headers)

    def expect(self, status, operation, answer):
        """The answer is that problem, and the document foresees it."""
        assert answer.status == status, f"{operation.method} {operation.path}: {answer.status} {answer.text}"
        problem = assert_problem(answer, status)
        described = operation.words["responses"][str(status)]["content"]["application/problem+json"]
        types = [example["value"]["type"] for example in described["examples"].values()]
        assert problem["type"] in types, f"{operation.name}: {problem['type']}"
        assert not self.document.faults(described["schema"], problem), problem
        return problem


@pytest.fixture(scope="module")
def sweep(access):
    shop = Workshop(access)
    yield Sweep(shop.gimon(options=PATIENT).start(), access.tokens)
    shop.close()


def with_parameters(operation, place):
    return operation.parameters(place).items()


def test_no_token(sweep):
    for one in sweep.operations:
        if "openbaar" not in one.words["x-rollen"]:
            answer = sweep.ask(one, token=None)
            sweep.expect(401, one, answer)
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_bad_token(sweep):
    for one in sweep.operations:
        sweep.expect(401, one, sweep.ask(one, token=NO_TOKEN_OF_OURS))
        sweep.expect(401, one, sweep.ask(one, Authorization="Basic YTpi"))


def test_the_token_of_another_organisation(sweep):
    asked = 0
    for one in sweep.operations:
        if "organisatie" in one.parameters("path") and "openbaar" not in one.words["x-rollen"]:
            url = one.url(organisatie="rbv")
            sweep.expect(403, one, sweep.ask(one, url, token=sweep.tokens["jb-noord"]))
            asked += 1
    assert asked >= 9


def test_a_role_that_may_not(sweep):
    for one in sweep.operations:
        for role, token in ROLES.items():
            if role not in one.words["x-rollen"]:
                sweep.expect(403, one, sweep.ask(one, token=sweep.tokens[token]))


def test_a_wrong_method(sweep):
    for path in {one.path for one in sweep.operations}:
        here = [one for one in sweep.operations if one.path == path]
        for method in ("PATCH", "OPTIONS", "GET", "PUT", "POST", "DELETE"):
            if method not in [one.method for one in here]:
                answer = sweep.ask(here[0], method=method)
                assert_problem(answer, 405)
                assert {one.method for one in here} <= set(answer.headers["Allow"].split(", "))


def test_a_trailing_slash(sweep):
    for one in sweep.operations:
        assert_problem(sweep.ask(one, one.url() + "/"), 404)


def test_an_unknown_part_of_the_path(sweep):
    asked = 0
    for one in sweep.operations:
        for name, _ in with_parameters(one, "path"):
            sweep.expect(404, one, sweep.ask(one, one.url(**{name: UNKNOWN[name]})))
            asked += 1
    assert asked > 30


def test_an_unknown_query_key(sweep):
    for one in sweep.operations:
        problem = sweep.expect(400, one, sweep.ask(one, one.url() + "?onbekend=1"))
        assert [found["code"] for found in problem["bevindingen"]] == ["onbekende-sleutel"]


def test_a_bad_query_value(sweep):
    for one in sweep.operations:
        for name, _ in with_parameters(one, "query"):
            problem = sweep.expect(400, one, sweep.ask(one, f"{one.url()}?{name}=zomaar!"))
            assert {found["plaats"] for found in problem["bevindingen"]} == {name}
            twice = sweep.ask(one, f"{one.url()}?{name}=1&{name}=2")
            codes = [found["code"] for found in sweep.expect(400, one, twice)["bevindingen"]]
            assert "dubbele-sleutel" in codes


def test_an_unacceptable_form(sweep):
    for one in sweep.operations:
        if any("content" in answer for status, answer in one.words["responses"].items() if status < "300"):
            sweep.expect(406, one, sweep.ask(one, Accept="image/png"))


def test_a_wrong_form_of_body(sweep):
    for one in sweep.operations:
        if one.body():
            sweep.expect(415, one, sweep.ask(one, Content_Type="text/xml"))
            sweep.expect(415, one, sweep.ask(one, Content_Type=""))


def test_a_body_that_is_too_large(sweep):
    for one in sweep.operations:
        if one.body():
            sweep.expect(413, one, sweep.ask(one, body=TOO_LARGE))


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe\x00", b"[[[[", b'{"onbekend": 1}'])
def test_a_broken_body(sweep, body):
    for one in sweep.operations:
        for media in one.body():
            answer = sweep.ask(one, body=body, Content_Type=media)
            if one.name == "controleer":
                assert (answer.status, answer.json()["aanvaardbaar"]) == (200, False)
                findings = answer.json()["bevindingen"]
            else:
                findings = sweep.expect(400, one, answer)["bevindingen"]
            assert findings and all(found["melding"] for found in findings), (one.name, media)


def test_a_precondition_that_cannot_be_read(sweep):
    guarded = [one for one in sweep.operations if "If-Match" in one.parameters("header")]
    assert [one.name for one in guarded] == ["leverAan", "trekIn", "controleer"]
    for one in guarded:
        sweep.expect(400, one, sweep.ask(one, If_Match="1"))
        sweep.expect(400, one, sweep.ask(one, If_None_Match='"1"'))
        sweep.expect(400, one, sweep.ask(one, If_Match="*", If_None_Match="*"))


def test_a_precondition_that_does_not_hold(sweep):
    for one in sweep.operations:
        if "412" in one.words["responses"] and "If-Match" in one.parameters("header"):
            sweep.expect(412, one, sweep.ask(one, If_Match='"99"'))


def test_more_than_fits(sweep):
    """Both are refused before libmicrohttpd would, in our own words."""
    for one in sweep.operations:
        sweep.expect(414, one, sweep.ask(one, one.url() + "?formaat=" + "x" * 9000))
        sweep.expect(431, one, sweep.ask(one, X_Large="x" * 17000))


def test_too_often(workshop, sweep):
    client = workshop.gimon(options="limieten: {perToken: {verzoeken: 1, perSeconden: 3600}}\n").start().client()
    token = workshop.token("analist")
    client.with_token(token).get("/v1/monitors")
    for one in sweep.operations:
        answer = client.request(one.method, one.url(), Authorization=f"Bearer {token}")
        sweep.expect(429, one, answer)
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["RateLimit-Policy"] and answer.headers["RateLimit"]


def test_writing_without_redis(workshop, sweep):
    """What would change something is 503, and safe to send again; what only asks is answered."""
    redis = workshop.redis()
    redis.start()
    gimon = workshop.gimon(redis=redis.address).start()
    deliver(gimon.client(workshop.token("gi")), peildatum="2024-10-01")
    redis.kill()
    writers = [one for one in sweep.operations if one.method in ("PUT", "POST", "DELETE")]
    for one in writers:
        token = workshop.token("gi" if "gi" in one.words["x-rollen"] else "analist")
        client = gimon.client(token)
        media, body = right_body(one)
        answer = client.request(one.method, one.url(), body, **({"Content_Type": media} if media else {}))
        if one.name == "controleer":
            assert answer.status == 200
        elif one.name != "heropen":  # nothing to reopen: gi.yaml has no closing dates
            sweep.expect(503, one, answer)
            assert int(answer.headers["Retry-After"]) > 0
    assert gimon.client(workshop.token("gi")).get(delivery_path("2024-10-01", "jb-noord")).status == 200


def right_body(operation):
    """A body that would be taken: the example delivery changed a little, or the document's example."""
    if operation.name in ("leverAan", "controleer"):
        return "application/json", json.dumps(with_sick_days(example(), 4000))
    return next(((media, json.dumps(value)) for media, value in operation.body().items()), (None, None))
