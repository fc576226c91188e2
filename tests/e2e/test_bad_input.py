"""Whatever is sent, the answer says what is wrong, where, and in the agreed form."""

import http.client
import json
import socket

import pytest

from examples import deliver, delivery_path, example
from problem import assert_plain_problem, assert_problem

HERE = delivery_path("2024-10-01", "jb-noord")
TOO_LARGE = 2 * 1024 * 1024


def changed(path, value):
    """An example delivery with one value replaced; `path` is a JSON pointer."""
    delivery = example()
    *parents, last = path.strip("/").split("/")
    place = delivery
    for name in parents:
        place = place[name]
    place[last] = value
    return delivery


@pytest.mark.parametrize("body, place, words", [
    (b'{"cijfers": {"clienten": ', None, "regel"),
    (b"", None, ""),
    (b"[]", None, ""),
    (b'{"cijfers": {}} x', None, ""),
    (b'{"cijfers": {"clienten": {"jeugdbescherming": 01}}}', None, ""),
    (b'{"cijfers": {"clienten": {"jeugdbescherming": 1e999}}}', "/cijfers/clienten/jeugdbescherming", ""),
    (b'{"cijfers": {"clienten": {"jeugdbescherming": 1, "jeugdbescherming": 2}}}',
     "/cijfers/clienten/jeugdbescherming", ""),
    (b'{"cijfers": {"clienten": {"jeugdbescherming": "\xff"}}}', None, ""),
    (b"[" * 100000, None, ""),
], ids=["cut off", "empty", "no object", "trailing bytes", "leading zero", "infinite", "duplicate key",
        "invalid UTF-8", "too deep"])
def test_broken_json_is_refused_with_a_finding(gi, body, place, words):
    answer = gi.put_json(HERE, body)
    findings = assert_problem(answer, 400)["bevindingen"]
    assert "fout" in [finding["ernst"] for finding in findings]
    assert all(finding["melding"] for finding in findings)
    assert place is None or place in [finding.get("plaats") for finding in findings]
    assert words in json.dumps(findings)


@pytest.mark.parametrize("place, value", [
    ("/cijfers/clienten/jeugdbescherming", "veel"),
    ("/cijfers/clienten/jeugdbescherming", -1),
    ("/cijfers/clienten/jeugdbescherming", 10**7 + 1),
    ("/cijfers/clienten/jeugdbescherming", 12.5),
    ("/cijfers/clienten/jeugdbescherming", {"aantal": 3}),
    ("/cijfers/clienten/onbekend", 3),
    ("/cijfers/fte/jeugdbeschermer", 160.255),
    ("/cijfers/wachtlijst/start", [{"sinds": "2024-10-02", "aantal": 1}]),
    ("/cijfers/wachtlijst/start", [{"sinds": "2024-02-30", "aantal": 1}]),
    ("/cijfers/wachtlijst/intern", {"aantal": 2, "dagen": 15}),
    ("/cijfers/wachtlijst/intern", {"aantal": 0, "dagen": 15}),
    ("/cijfers/verzuim/ziektedagen", 9999999),
    ("/cijfers/verlop", {}),
    ("/clienten", {"jeugdbescherming": 3}),
])
def test_a_wrong_value_is_refused_at_its_place(gi, place, value):
    answer = gi.put_json(HERE, changed(place, value))
    findings = assert_problem(answer, 400)["bevindingen"]
    places = [finding.get("plaats", "") for finding in findings if finding["ernst"] == "fout"]
    assert any(found.startswith(place) for found in places), findings
    assert gi.get(HERE).status == 404


def test_all_findings_are_given_at_once(gi):
    delivery = changed("/cijfers/clienten/jeugdbescherming", "veel")
    delivery["cijfers"]["verzuim"]["ziektedagen"] = -3
    delivery["cijfers"]["verlop"] = {"vertrokken": 3}
    findings = assert_problem(gi.put_json(HERE, delivery), 400)["bevindingen"]
    places = " ".join(finding.get("plaats", "") for finding in findings)
    for place in ("/cijfers/clienten/jeugdbescherming", "/cijfers/verzuim/ziektedagen", "/cijfers/verlop"):
        assert place in places
    assert any("verloop" in json.dumps(finding) for finding in findings), "names the nearest known key"


@pytest.mark.parametrize("method, path, status", [
    ("PUT", delivery_path("2024-10-01", "jb-nord"), 404),
    ("PUT", delivery_path("2024-10-02", "jb-noord"), 404),
    ("PUT", delivery_path("1-10-2024", "jb-noord"), 404),
    ("PUT", HERE + "/", 404),
    ("GET", HERE, 404),
    ("GET", "/v1/monitors/xyz", 404),
    ("GET", "/v1/monitors/", 404),
    ("GET", "/v1/organisaties/jb-nord", 404),
    ("GET", "/v1/monitors/gi/tabellen/onbekend", 404),
    ("GET", "/v1/%00", 404),
    ("POST", HERE, 405),
    ("PATCH", HERE, 405),
    ("PUT", "/v1/monitors", 405),
    ("BREW", "/v1/monitors", 405),
    ("GET", "/v1/monitors/gi/reeksen?indicator=workloat", 400),
    ("GET", "/v1/monitors/gi/reeksen?indcator=workload", 400),
    ("GET", "/v1/monitors/gi/reeksen?van=2024-13-01", 400),
    ("GET", "/v1/monitors/gi/reeksen?niveau=provincie", 400),
    ("GET", "/v1/monitors/gi/reeksen?formaat=pdf", 400),
    ("GET", "/v1/monitors/gi/reeksen?van=2024-10-01&van=2024-10-01", 400),
])
def test_a_wrong_question_has_the_right_status(gi, method, path, status):
    body = json.dumps(example()) if method == "PUT" else None
    assert_problem(gi.request(method, path, body, Content_Type="application/json"), status)


def test_a_path_outside_the_api_is_refused_in_the_same_form(gi):
    assert_plain_problem(gi.get("/" + "a" * 4000), 404)
    assert_plain_problem(gi.get("/readyz/"), 404)


def test_a_wrong_method_is_told_which_are_right(gi):
    allowed = gi.request("POST", HERE, "{}", Content_Type="application/json").headers["Allow"]
    assert {"GET", "PUT"} <= {method.strip() for method in allowed.split(",")}


def test_a_wrong_query_names_what_comes_nearest(gi):
    problem = gi.get("/v1/monitors/gi/reeksen?indicator=workloat").json()
    assert "workload" in json.dumps(problem["bevindingen"])


def test_no_token_a_wrong_token_and_the_token_of_another_are_kept_apart(gimon, workshop):
    nobody = gimon.client()
    assert_problem(deliver(nobody), 401)
    assert deliver(nobody).headers["WWW-Authenticate"].startswith("Bearer")
    assert_problem(deliver(nobody.with_token("gimon_" + "x" * 40)), 401)
    assert_problem(nobody.get("/v1/monitors", Authorization="Basic YTpi"), 401)
    own = nobody.with_token(workshop.token("jb-noord"))
    assert_problem(deliver(own, organisation="rbv"), 403)
    assert_problem(deliver(nobody.with_token(workshop.token("beheer"))), 403)
    assert deliver(own).status == 201


def test_another_form_is_refused_both_ways(gi):
    assert_problem(gi.get("/v1/monitors/gi/reeksen", Accept="image/png"), 406)
    assert_problem(gi.request("PUT", HERE, "<x/>", Content_Type="text/xml"), 415)


def test_a_body_of_two_mebibytes_is_refused(gi):
    assert_problem(gi.put_json(HERE, b" " * TOO_LARGE), 413)


def test_a_body_of_two_mebibytes_in_chunks_is_refused(gi):
    connection = gi.connection()
    connection.request("PUT", HERE, iter([b" " * 65536] * (TOO_LARGE // 65536)), encode_chunked=True,
                       headers={"Content-Type": "application/json", "Transfer-Encoding": "chunked",
                                "Authorization": f"Bearer {gi.token}"})
    response = connection.getresponse()
    assert response.status == 413
    assert response.getheader("Content-Type").startswith("application/problem+json")
    response.read()
    connection.close()


def test_a_limit_is_known_before_the_body_is_sent(gi):
    """A client that announces too much is told so without having to send it."""
    connection = gi.connection()
    connection.putrequest("PUT", HERE)
    for name, value in (("Content-Length", str(TOO_LARGE)), ("Content-Type", "application/json"),
                        ("Authorization", f"Bearer {gi.token}"), ("Expect", "100-continue")):
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == 413
    connection.close()


@pytest.mark.parametrize("noise", [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"\x00" * 4096,
    b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * 70000 + b"\r\n\r\n",
    b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
], ids=["TLS", "no version", "zeros", "long header", "negative length", "bad chunk"])
def test_noise_on_the_socket_does_no_harm(gimon, noise):
    host, port = gimon.address().split("//")[1].split(":")
    with socket.create_connection((host, int(port)), timeout=1) as link:
        try:
            link.sendall(noise)
            link.shutdown(socket.SHUT_WR)
            while link.recv(4096):
                pass
        except OSError:
            pass  # hanging up is an answer too
    assert gimon.client().get("/readyz").status == 200


def test_a_client_that_leaves_halfway_does_no_harm(gimon, workshop):
    for length in (0, 1, 100):
        connection = gimon.client().connection()
        connection.putrequest("PUT", HERE)
        connection.putheader("Content-Length", "1000")
        connection.putheader("Authorization", f"Bearer {workshop.token('gi')}")
        connection.endheaders(b"x" * length)
        connection.close()
    assert deliver(gimon.client(workshop.token("gi"))).status == 201


def test_preconditions_guard_a_delivery(gi):
    assert deliver(gi, If_None_Match="*").status == 201
    assert_problem(deliver(gi, If_None_Match="*", delivery=changed("/cijfers/fte/jurist", 9)), 412)
    assert_problem(deliver(gi, If_Match='"7"', delivery=changed("/cijfers/fte/jurist", 9)), 412)
    answer = deliver(gi, If_Match='"1"', delivery=changed("/cijfers/fte/jurist", 9))
    assert (answer.status, answer.headers["ETag"]) == (200, '"2"')


def test_the_same_delivery_again_is_no_revision(gi):
    first, again = deliver(gi), deliver(gi)
    assert (first.status, again.status) == (201, 200)
    assert first.json()["uitkomst"] == "nieuw" and again.json()["uitkomst"] == "ongewijzigd"
    for key in ("kenmerk", "revisie", "ontvangenOp", "sha256", "keten"):
        assert again.json()[key] == first.json()[key], key


def test_what_was_delivered_can_be_delivered_again_unchanged(gi):
    deliver(gi)
    answer = gi.get(HERE)
    assert gi.put_json(HERE, answer.body).json()["uitkomst"] == "ongewijzigd"


def test_a_large_jump_needs_a_reason_and_is_taken_with_one(gi):
    assert deliver(gi, peildatum="2024-04-01").status == 201
    delivery = changed("/cijfers/clienten/jeugdbescherming", 2600)
    findings = assert_problem(gi.put_json(HERE, delivery), 400)["bevindingen"]
    jump = next(finding for finding in findings if finding["code"] == "sprong")
    assert jump["ernst"] == "toelichting-vereist"
    assert jump["plaats"].startswith("/cijfers/clienten")
    delivery["toelichtingen"]["sprong"] = "Overname van cliënten per 1 juli"
    answer = gi.put_json(HERE, delivery)
    assert answer.status == 201
    told = [finding.get("toelichting") for finding in answer.json()["bevindingen"]
            if finding["code"] == "sprong"]
    assert told and set(told) == {"Overname van cliënten per 1 juli"}


def test_head_is_get_without_a_body(gi):
    answer = gi.request("HEAD", "/v1/monitors/gi/tabellen/ontwikkeling")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 0


def test_a_connection_that_is_kept_serves_many_requests(gi):
    connection = gi.connection()
    for _ in range(20):
        connection.request("GET", "/v1/regios")
        response = connection.getresponse()
        assert response.status == 200 and response.read()
    connection.request("PUT", HERE + "/", b"x" * 100, {"Authorization": f"Bearer {gi.token}"})
    assert connection.getresponse().status == http.client.NOT_FOUND
    connection.close()
