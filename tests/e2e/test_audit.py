"""Who changes something leaves a line in the log; what was sent and who one claims to be does not."""

import json
import re
import subprocess

from daemon import READY_SECONDS, run
from examples import deliver, delivery_path, example
from polling import until

HERE = delivery_path("2024-10-01", "jb-noord")
FACT = re.compile(r' ([a-z]+)=(?:"([^"]*)"|(\S+))')
MARKER = "geheim4711"


def facts_of(line):
    return {key: quoted or word for key, quoted, word in FACT.findall(line)}


def audit_lines(text):
    return [facts_of(line) for line in text.splitlines() if line.startswith("audit ")]


def last_line(gimon):
    return audit_lines(gimon.said())[-1]


def token_command(gimon, *words):
    return run("token", *words, "--config", gimon.config)


def test_what_is_accepted_says_who_what_where_and_when(gimon, workshop):
    receipt = deliver(gimon.client(workshop.token("jb-noord"))).json()
    facts = last_line(gimon)
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", facts.pop("time"))
    assert facts == {"action": "PUT", "object": HERE, "result": "accepted", "status": "201",
                     "event": "aanlevering", "record": receipt["kenmerk"], "origin": "127.0.0.1", "role": "gi",
                     "actor": "test jb-noord"}


def test_a_withdrawal_and_a_try_out_leave_their_lines(gi, gimon):
    receipt = gi.request("POST", HERE + "/_controleer", json.dumps(example()), Content_Type="application/json")
    tried = last_line(gimon)
    assert receipt.status == 200 and (tried["action"], tried["object"]) == ("POST", HERE + "/_controleer")
    assert tried["result"] == "accepted" and "record" not in tried
    deliver(gi)
    assert gi.request("DELETE", HERE).status == 204
    gone = last_line(gimon)
    assert (gone["action"], gone["object"], gone["result"]) == ("DELETE", HERE, "accepted")
    assert gone["event"] == "intrekking"
    assert re.fullmatch(r"\d+-\d+", gone["record"])


def test_what_changes_nothing_has_no_record(gi, gimon):
    deliver(gi), deliver(gi)
    facts = last_line(gimon)
    assert (facts["result"], facts["status"]) == ("accepted", "200") and "record" not in facts


def test_every_refusal_of_a_change_leaves_its_line(gimon, workshop):
    own, nobody = gimon.client(workshop.token("jb-noord")), gimon.client()
    unknown = delivery_path("2024-10-01", "{organisatie}")
    attempts = [
        (own, "PUT", HERE, b"{", "400", HERE, "test jb-noord"),
        (nobody, "PUT", HERE, b"{}", "401", HERE, None),
        (own.with_token("wrong"), "PUT", HERE, b"{}", "401", HERE, None),
        (own, "PUT", delivery_path("2024-10-01", "rbv"), b"{}", "403", delivery_path("2024-10-01", "rbv"),
         "test jb-noord"),
        (own, "PUT", delivery_path("2024-10-01", "verzonnen"), b"{}", "404", unknown, "test jb-noord"),
        (own, "DELETE", "/v1/verzonnen", None, "404", "onbekend", "test jb-noord"),
        (own, "POST", "/v1/monitors", b"{}", "405", "/v1/monitors", "test jb-noord"),
    ]
    for client, method, path, body, status, thing, actor in attempts:
        client.request(method, path, body, Content_Type="application/json")
        facts = last_line(gimon)
        assert (facts["action"], facts["result"], facts["status"]) == (method, "refused", status)
        assert (facts["object"], facts.get("actor")) == (thing, actor)
    assert len(audit_lines(gimon.said())) == len(attempts)


def test_who_only_reads_leaves_no_line(gi, gimon):
    gi.get("/v1/monitors"), gi.get(HERE), gi.request("HEAD", "/v1/monitors"), gi.request("OPTIONS", "/")
    assert audit_lines(gimon.said()) == []


def test_who_is_sent_away_leaves_a_line_with_the_address_a_proxy_tells(workshop):
    gimon = workshop.gimon(options='vertrouwdeProxys: ["127.0.0.1"]\nlimieten:\n'
                                   "  perToken: {verzoeken: 1, perSeconden: 86400}\n").start()
    client = gimon.client(workshop.token("jb-noord"))
    deliver(client, X_Forwarded_For="203.0.113.1")
    deliver(client, Forwarded='for="[2001:db8::1]:80"')
    first, second = audit_lines(gimon.said())
    assert (first["origin"], first["status"]) == ("203.0.113.1", "201")
    assert (second["origin"], second["status"], second["result"]) == ("2001:db8::1", "429", "refused")


def test_a_commit_of_which_nothing_is_known_is_unknown(workshop):
    redis = workshop.redis().start()
    gimon = workshop.gimon(redis=redis.address).start()
    client = gimon.client(workshop.token("jb-noord"))
    redis.pause()
    try:
        assert deliver(client).status == 503
        assert last_line(gimon)["result"] == "unknown"
    finally:
        redis.resume()
    until(lambda: deliver(client).status in (200, 201), 30, "Redis is back")
    redis.kill()

    def result():
        assert deliver(client).status == 503
        return last_line(gimon)["result"]

    until(lambda: result() == "refused", 30, "gimon knows that Redis has gone")


def test_a_name_cannot_forge_a_line(gimon):
    name = 'kwaad" result=accepted\naudit time=x action=PUT \x1b[31m\u202e'
    done = token_command(gimon, "new", "--name", name, "--role", "gi", "--organisatie", "jb-noord")
    assert done.returncode == 0, done.stderr
    deliver(gimon.client(done.stdout.strip()), delivery=b"{")
    for text in (gimon.said(), done.stderr):
        lines = [line for line in text.splitlines() if "audit" in line]
        assert len(lines) == 1 and lines[0].startswith("audit ")
        assert "\x1b" not in text and "\u202e" not in text
        assert len(re.findall(r" result=\w+", re.sub(r'"[^"]*"', "", lines[0]))) == 1


def test_making_and_revoking_tokens_leaves_lines(gimon):
    user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    cases = [(("new", "--name", "proef", "--role", "analist"), "token-new", "token proef", "accepted"),
             (("new", "--name", "proef", "--role", "analist"), "token-new", "token proef", "refused"),
             (("new", "--name", "x", "--role", "gi", "--organisatie", "nergens"), "token-new", "token x",
              "refused"),
             (("revoke", "proef"), "token-revoke", "token proef", "accepted"),
             (("revoke", "gimon_" + MARKER), "token-revoke", "token", "refused")]
    for words, action, thing, result in cases:
        done = token_command(gimon, *words)
        assert MARKER not in done.stderr
        (facts,) = audit_lines(done.stderr)
        assert (facts["action"], facts["object"], facts["result"]) == (action, thing, result)
        assert facts["origin"] == "local" and facts["actor"].startswith(user)
        assert done.stdout.strip() not in done.stderr or done.stdout == ""


def marked_requests(client):
    """Everything a client can put a secret into, on requests that are refused in every way."""
    delivery = example()
    delivery["toelichtingen"] = {"algemeen": MARKER}
    wrong = json.loads(json.dumps(delivery).replace("clienten", MARKER))
    yield client.put_json(HERE, delivery)
    yield client.put_json(HERE, wrong)
    yield client.put_json(HERE, f'{{"{MARKER}": "{MARKER}'.encode())
    yield client.put_json(HERE, MARKER.encode() * 200000)
    yield client.put_json(HERE, delivery, If_Match=f'"{MARKER}"')
    yield client.put_json(f"{HERE}?{MARKER}={MARKER}", delivery)
    yield client.put_json(delivery_path("2024-10-01", MARKER), delivery)
    yield client.put_json(f"/v1/{MARKER}", delivery)
    yield client.request("PUT", HERE, MARKER, Content_Type=f"text/{MARKER}")
    yield client.request("PUT", HERE, "{}", Content_Type="application/json", Accept=f"x/{MARKER}")
    for header in (f"Bearer {MARKER}", f"bearer  gimon_{MARKER}", f"Basic {MARKER}", MARKER):
        yield client.put_json(HERE, delivery, Authorization=header)
        yield client.get("/v1/monitors", Authorization=header)
    yield client.put_json(HERE, delivery, X_Forwarded_For=MARKER)
    yield client.put_json(HERE, delivery, Forwarded=f'for="{MARKER}"')
    yield client.request("PUT", HERE, f"cijfer;deel;regio;sinds;waarde\n{MARKER};{MARKER};;;{MARKER}\n",
                         Content_Type="text/csv")
    yield client.request("DELETE", f"{HERE}/revisies/{MARKER}")
    yield client.request("POST", HERE + "/_controleer", MARKER, Content_Type="application/json")
    yield client.request(MARKER.upper(), HERE, MARKER)


def test_no_token_and_no_payload_gets_into_the_log(workshop):
    gimon = workshop.gimon(options='vertrouwdeProxys: ["127.0.0.1"]\n')
    gimon.launch([*gimon.words(), "--log-level", "debug"])
    until(gimon.is_ready, READY_SECONDS, "gimon is ready")
    statuses = {answer.status for answer in marked_requests(gimon.client(workshop.token("jb-noord")))}
    assert statuses == {200, 201, 400, 401, 404, 405, 406, 413, 415}
    text = gimon.said()
    assert len(audit_lines(text)) >= 16
    assert MARKER.lower() not in text.lower()
    assert all(token not in text for token in workshop.access.tokens.values())
