"""What an analist does to deliveries, through the real program: on the log, visible, reversible."""

import json

from examples import deliver, delivery_path, example

PEILDATUM = "/v1/monitors/gi/peildata/2024-10-01/aanleveringen"
HERE = delivery_path("2024-10-01", "jb-noord")


def say(analyst, path, **words):
    return analyst.request("POST", path, json.dumps(words), Content_Type="application/json")


def row(analyst, organisation="jb-noord"):
    rows = analyst.get(PEILDATUM).json()["aanleveringen"]
    return next(one for one in rows if one["organisatie"] == organisation)


def received(analyst):
    series = analyst.get("/v1/monitors/gi/reeksen?indicator=workload&van=2024-10-01").json()
    return series["reeksen"][0]["respons"]["ontvangen"]


def test_setting_aside_and_putting_back(gimon, workshop):
    gi, analyst = (gimon.client(workshop.token(name)) for name in ("gi", "analist"))
    assert row(analyst)["status"] == "verwacht"
    deliver(gi)
    assert row(analyst)["status"] == "ontvangen" and received(analyst) == 1
    aside = say(analyst, HERE + "/terzijde", terzijde=True, reden="Dubbel geteld")
    assert aside.status == 201 and aside.json()["uitkomst"] == "terzijde-gelegd"
    assert row(analyst)["status"] == "terzijde" and received(analyst) == 0
    assert row(analyst)["terzijde"]["reden"] == "Dubbel geteld"
    assert say(analyst, HERE + "/terzijde", terzijde=False, reden="Toch goed").status == 201
    assert row(analyst)["status"] == "ontvangen" and received(analyst) == 1
    assert f'action=POST object="{HERE}/terzijde" result=accepted status=201 event=terzijde' in gimon.said()
    assert "Dubbel" not in gimon.said()


def test_everything_that_happened_is_there_after_a_restart(gimon, workshop):
    gi, analyst = (gimon.client(workshop.token(name)) for name in ("gi", "analist"))
    deliver(gi)
    say(analyst, HERE + "/opmerkingen", opmerking="Nagebeld")
    say(analyst, HERE + "/terzijde", terzijde=True, reden="Dubbel")
    gone = gi.request("DELETE", HERE)
    assert gone.status == 204 and gone.body == b""
    assert gi.get(HERE).status == 404 and row(analyst)["status"] == "ingetrokken"
    before = gi.get(HERE + "/revisies").body, analyst.get(PEILDATUM).body
    assert gimon.stop() == 0
    gi, analyst = (gimon.start().client(workshop.token("gi")), gimon.client(workshop.token("analist")))
    assert (gi.get(HERE + "/revisies").body, analyst.get(PEILDATUM).body) == before
    words = [event["uitkomst"] for event in gi.get(HERE + "/revisies").json()["revisies"]]
    assert words == ["nieuw", "opgemerkt", "terzijde-gelegd", "ingetrokken"]


def test_a_try_out_is_what_the_delivery_then_says(gimon, workshop):
    gi = gimon.client(workshop.token("jb-noord"))
    body = json.dumps(example())
    tried = gi.request("POST", HERE + "/_controleer", body, Content_Type="application/json")
    assert tried.status == 200 and gi.get(HERE).status == 404
    given = deliver(gi)
    assert tried.json()["aanvaardbaar"] and given.status == 201
    for key in ("uitkomst", "bevindingen", "verschil", "indicatoren"):
        assert tried.json()[key] == given.json()[key]
