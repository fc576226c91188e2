"""Memory stays flat over a hundred thousand bad requests."""

import itertools
import json

import pytest

from examples import deliver_all, delivery_path, example

EARLY, LATE = 10_000, 100_000
MOST_GROWTH_KIB = 2048
HERE = delivery_path("2024-10-01", "jb-noord")
JSON = {"Content-Type": "application/json"}


def bad_requests(token):
    """Every kind of bad request, in turn, for ever: (method, path, body, headers, status)."""
    own = {**JSON, "Authorization": f"Bearer {token}"}
    wrong = example()
    wrong["cijfers"]["clienten"]["jeugdbescherming"] = "veel"
    return itertools.cycle([
        ("PUT", HERE, b'{"cijfers": {"clienten": ', own, 400),
        ("PUT", HERE, json.dumps(wrong).encode(), own, 400),
        ("PUT", delivery_path("2024-10-01", "jb-nord"), b"{}", own, 404),
        ("PUT", delivery_path("2024-10-02", "jb-noord"), b"{}", own, 404),
        ("PUT", HERE, b"{}", {**JSON, "Authorization": "Bearer wrong"}, 401),
        ("GET", HERE + "/", None, own, 404),
        ("POST", HERE, b"{}", own, 405),
        ("GET", "/v1/monitors/gi/reeksen?indicator=workloat", None, own, 400),
        ("GET", "/v1/monitors/gi/reeksen", None, {**own, "Accept": "image/png"}, 406),
    ])


def send_too_large(client):
    answer = client.put_json(HERE, b" " * (2 * 1024 * 1024))
    assert answer.status == 413


@pytest.mark.long
def test_memory_is_flat_over_a_hundred_thousand_bad_requests(workshop):
    gimon = workshop.gimon(options="limieten: {fouteTokens: {pogingen: 0}}\n").start()
    client = gimon.client(workshop.token("gi"))
    deliver_all(client, ["2024-10-01"])
    connection = client.connection()
    early = None
    for count, (method, path, body, headers, status) in enumerate(bad_requests(client.token), 1):
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.read()
        assert response.status == status, (method, path)
        if count % 1000 == 0:
            send_too_large(client)
        if count == EARLY:
            early = gimon.resident_kib()
        if count == LATE:
            break
    connection.close()
    late = gimon.resident_kib()
    print(f"resident: {early} KiB after {EARLY}, {late} KiB after {LATE} bad requests")
    assert late - early <= MOST_GROWTH_KIB
