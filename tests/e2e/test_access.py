"""Who may ask, and how often. Rates are so slow that no answer depends on how fast the test runs."""

import re

import pytest

from daemon import run
from examples import deliver, example_file
from polling import until

HOURLY = "perSeconden: 86400}"
PUBLIC = "/v1/monitors"


def limits(*lines):
    return "limieten:\n" + "".join(f"  {line}\n" for line in lines)


def fields(value):
    """`"token";q=3;w=60` as ("token", {"q": 3, "w": 60})."""
    name, *rest = value.split(";")
    return name.strip('"'), {key: int(number) for key, number in (pair.split("=") for pair in rest)}


def assert_too_many(answer):
    assert answer.status == 429, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == "/problemen/te-veel-verzoeken" and problem["status"] == 429
    wait = int(answer.headers["Retry-After"])
    assert wait > 0 and f"{wait} seconden" in problem["detail"]
    return wait


def token_command(daemon, *words):
    done = run("token", *words, "--config", daemon.config)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_without_configuration_there_are_no_limits(gi):
    answers = [gi.get(PUBLIC) for _ in range(50)] + [gi.with_token(None).get(PUBLIC) for _ in range(50)]
    assert {answer.status for answer in answers} == {200}
    assert all("RateLimit" not in answer.headers for answer in answers)


def test_a_token_has_its_own_quota(workshop):
    gimon = workshop.gimon(options=limits("perToken: {verzoeken: 3, " + HOURLY)).start()
    own, other = gimon.client(workshop.token("jb-noord")), gimon.client(workshop.token("analist"))
    for left in (2, 1, 0):
        answer = own.get(PUBLIC)
        assert answer.status == 200
        assert fields(answer.headers["RateLimit-Policy"]) == ("token", {"q": 3, "w": 86400})
        name, now = fields(answer.headers["RateLimit"])
        assert (name, now["r"]) == ("token", left) and 0 < now["t"] <= 28800
    wait = assert_too_many(deliver(own))
    assert wait >= fields(own.get(PUBLIC).headers["RateLimit"])[1]["t"] > 28000
    assert other.get(PUBLIC).status == 200
    assert gimon.client().get(PUBLIC).status == 200


def test_errors_count_and_carry_the_headers(workshop):
    gimon = workshop.gimon(options=limits("perToken: {verzoeken: 3, " + HOURLY)).start()
    client = gimon.client(workshop.token("jb-noord"))
    answers = [client.get("/v1/nergens"), client.put_json("/v1/monitors", b"{}"),
               client.get("/v1/monitors/gi/reeksen?x=1")]
    assert [answer.status for answer in answers] == [404, 405, 400]
    assert [fields(answer.headers["RateLimit"])[1]["r"] for answer in answers] == [2, 1, 0]
    assert_too_many(client.get(PUBLIC))


def test_an_answer_after_a_commit_carries_the_headers(workshop):
    gimon = workshop.gimon(options=limits("perToken: {verzoeken: 3, " + HOURLY)).start()
    client = gimon.client(workshop.token("jb-noord"))
    first, again = deliver(client), deliver(client)
    assert (first.status, again.status) == (201, 200)
    assert [fields(answer.headers["RateLimit"])[1]["r"] for answer in (first, again)] == [2, 1]


def test_an_address_has_its_quota_and_a_valid_token_does_not_mind(workshop):
    gimon = workshop.gimon(options=limits("perAdres: {verzoeken: 2, " + HOURLY)).start()
    nobody, token = gimon.client(), gimon.client(workshop.token("analist"))
    until(lambda: nobody.get(PUBLIC).status == 429, 30, "the address has used its quota")
    assert_too_many(nobody.get(PUBLIC))
    assert [token.get(PUBLIC).status for _ in range(5)] == [200] * 5
    assert nobody.get("/healthz").status == 200 and nobody.get("/readyz").status == 200
    metrics = token.get("/metrics").text
    assert re.search(r'gimon_limit_reached_total\{limit="address"\} [1-9]', metrics)


def test_wrong_tokens_slow_their_address_down_but_never_a_valid_token(workshop):
    gimon = workshop.gimon(options=limits("fouteTokens: {pogingen: 3, " + HOURLY)).start()
    wrong, nobody = gimon.client("gimon_" + "x" * 43), gimon.client()
    valid = gimon.client(workshop.token("jb-noord"))
    refused = [wrong.get(PUBLIC) for _ in range(3)]
    assert [answer.status for answer in refused] == [401] * 3
    assert fields(refused[2].headers["RateLimit"])[1]["r"] == 0
    assert_too_many(wrong.get(PUBLIC))
    assert_too_many(deliver(wrong))
    assert_too_many(nobody.get(PUBLIC, Authorization="Basic eDp5"))
    assert deliver(valid).status == 201 and nobody.get(PUBLIC).status == 200


def test_by_default_a_mistake_with_a_token_is_just_that(gimon):
    wrong = gimon.client("gimon_" + "x" * 43)
    assert [wrong.get(PUBLIC).status for _ in range(20)] == [401] * 20
    assert until(lambda: wrong.get(PUBLIC).headers["Retry-After"], 30, "too many wrong tokens")


def test_limits_and_proxies_are_read_anew(workshop):
    gimon = workshop.gimon().start()
    client = gimon.client(workshop.token("analist"))
    assert "RateLimit" not in client.get(PUBLIC).headers
    gimon.write_config(options=limits("perToken: {verzoeken: 1, " + HOURLY))
    gimon.signal(1)  # SIGHUP
    until(lambda: client.get(PUBLIC).status == 429, 30, "the new limit holds")
    gimon.write_config()
    gimon.signal(1)
    until(lambda: client.get(PUBLIC).status == 200, 30, "the limit is gone")


# --- proxies ------------------------------------------------------------------------------------------


def status_from(client, **headers):
    return client.get(PUBLIC, **headers).status


def asked_by_two_lines(client, first, second):
    """A proxy that adds a line of its own instead of lengthening the client's."""
    connection = client.connection()
    connection.putrequest("GET", PUBLIC)
    connection.putheader("X-Forwarded-For", first)
    connection.putheader("X-Forwarded-For", second)
    connection.endheaders()
    try:
        return connection.getresponse().status
    finally:
        connection.close()


ONE = limits("perAdres: {verzoeken: 1, " + HOURLY)


def test_nobody_is_believed_about_addresses_unless_told(workshop):
    client = workshop.gimon(options=ONE).start().client()
    until(lambda: status_from(client, X_Forwarded_For="203.0.113.1") == 429, 30, "one address")
    assert status_from(client, X_Forwarded_For="203.0.113.2") == 429
    assert status_from(client, Forwarded="for=203.0.113.3") == 429


def test_a_trusted_proxy_tells_clients_apart(workshop):
    options = ONE + 'vertrouwdeProxys: ["127.0.0.0/8"]\n'
    client = workshop.gimon(options=options).start().client()
    assert status_from(client, X_Forwarded_For="203.0.113.1") == 200
    assert status_from(client, X_Forwarded_For="203.0.113.1") == 429
    assert status_from(client, Forwarded='for="203.0.113.1:4711"') == 429
    assert status_from(client, X_Forwarded_For="203.0.113.2") == 200
    assert status_from(client, Forwarded='for="[2001:db8::1]"') == 200
    assert status_from(client, X_Forwarded_For="2001:db8::2") == 429, "the same /64"


def test_what_a_client_makes_up_before_the_proxy_does_not_count(workshop):
    options = ONE + 'vertrouwdeProxys: ["127.0.0.1"]\n'
    client = workshop.gimon(options=options).start().client()
    assert status_from(client, X_Forwarded_For="203.0.113.1") == 200
    assert status_from(client, X_Forwarded_For="8.8.8.8, 203.0.113.1") == 429
    assert asked_by_two_lines(client, "8.8.8.8", "203.0.113.1") == 429
    # Both headers, and they differ: neither counts, and it is the proxy that asks.
    until(lambda: status_from(client, X_Forwarded_For="nonsense") == 429, 30, "the proxy's own quota")
    assert status_from(client, Forwarded="for=8.8.4.4", X_Forwarded_For="203.0.113.9") == 429


def test_a_proxy_may_come_over_a_unix_socket(workshop):
    address = f"unix:{workshop.folder}/http.sock"
    gimon = workshop.gimon(listen=address, options=ONE + "vertrouwdeProxys: [unix]\n").start()
    client = gimon.client()
    assert status_from(client, X_Forwarded_For="203.0.113.1") == 200
    assert status_from(client, X_Forwarded_For="203.0.113.1") == 429
    assert status_from(client, X_Forwarded_For="203.0.113.2") == 200


# --- tokens -------------------------------------------------------------------------------------------


def test_a_token_works_and_stops_working_as_soon_as_the_command_has_returned(gimon):
    for number in range(5):
        name = f"proef {number}"
        client = gimon.client(token_command(gimon, "new", "--name", name, "--role", "gi",
                                            "--organisatie", "jb-noord"))
        assert deliver(client).status in (200, 201)
        token_command(gimon, "revoke", name)
        assert deliver(client).status == 401


def test_revoking_one_leaves_the_others(gimon, workshop):
    other = gimon.client(workshop.token("jb-noord"))
    assert deliver(other).status == 201
    token_command(gimon, "new", "--name", "proef", "--role", "analist")
    token_command(gimon, "revoke", "proef")
    assert deliver(other).status == 200


def test_a_file_of_tokens_that_goes_away_takes_them_along(gimon, workshop):
    client = gimon.client(workshop.token("jb-noord"))
    file = gimon.folder / "toegang.yaml"
    text = file.read_text(encoding="utf-8")
    assert deliver(client).status == 201
    file.unlink()
    assert deliver(client).status == 401
    file.write_text(text, encoding="utf-8")
    assert deliver(client).status == 200


def test_a_faulty_file_of_tokens_changes_nothing_and_is_said_once(gimon, workshop):
    client = gimon.client(workshop.token("jb-noord"))
    file = gimon.folder / "toegang.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text("tokens: nee\n", encoding="utf-8")
    assert [deliver(client).status for _ in range(5)] == [201, 200, 200, 200, 200]
    assert gimon.said().count("tokens are not read anew") == 1
    file.write_text(text.replace("test jb-noord", "anders genoemd"), encoding="utf-8")
    assert deliver(client).status == 200


def test_a_token_of_several_organisations_delivers_for_those_and_no_other(gimon):
    client = gimon.client(token_command(gimon, "new", "--name", "Samen", "--role", "gi",
                                        "--organisatie", "jb-noord", "--organisatie", "rbv"))
    assert deliver(client, organisation="jb-noord").status == 201
    assert deliver(client, organisation="rbv").status == 201
    assert deliver(client, organisation="jb-west").status == 403


@pytest.mark.parametrize("moment, status", [("2020-01-01T00:00:00Z", 401), ("2999-01-01T00:00:00Z", 201)])
def test_a_token_expires(gimon, moment, status):
    token = token_command(gimon, "new", "--name", "tijdelijk", "--role", "gi", "--organisatie", "jb-noord",
                          "--expires", "2998-12-31")
    file = gimon.folder / "toegang.yaml"
    text = file.read_text(encoding="utf-8")
    changed = re.sub(r"verlooptOp: \S+", f"verlooptOp: {moment}", text)
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    assert deliver(gimon.client(token)).status == status


def test_a_token_does_not_expire_before_it_is_made(gimon):
    done = run("token", "new", "--name", "oud", "--role", "beheer", "--expires", "2020-01-01",
               "--config", gimon.config)
    assert done.returncode == 2 and done.stdout == ""


def test_submit_is_told_to_come_back_another_day(workshop):
    gimon = workshop.gimon(options=limits("perToken: {verzoeken: 1, " + HOURLY)).start()
    files = [example_file("2022-12-01", "jb-noord"), example_file("2023-05-01", "jb-noord")]
    done = run("submit", *files, "--url", gimon.address(),
               environment={"GIMON_TOKEN": workshop.token("jb-noord")})
    assert done.returncode == 3 and "seconden" in done.stderr
    assert "1 accepted, 0 refused, 1 not delivered" in done.stderr
