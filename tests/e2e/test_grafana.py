"""A real Prometheus scrapes a real gimon, and every query of the dashboard gives data from it."""

import json
import shutil
import subprocess

import pytest
import yaml

from daemon import ROOT
from examples import deliver, deliver_all, example, with_sick_days
from polling import until
from prometheus import SHIPPED, Prometheus
from workshop import Workshop

GRAFANA = ROOT / "grafana"
DASHBOARD = json.loads((GRAFANA / "dashboards" / "gimon.json").read_text(encoding="utf-8"))
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
QUERIES = [(f"{panel['title']} {target['refId']}", target["expr"])
           for panel in PANELS for target in panel["targets"]]
# What Grafana fills in: all organisations, and the last minute.
VARIABLES = {"$organisatie": ".+", "$__rate_interval": "1m", "$__range": "1m"}


@pytest.fixture(scope="module")
def prometheus(access):
    """Has scraped a gimon with every example at least twice, with deliveries in between."""
    shop = Workshop(access)
    daemon = shop.gimon().start()
    client = daemon.client(access.tokens["gi"])
    deliver_all(client)
    server = Prometheus(shop.folder / "prometheus", daemon.address().split("//")[1],
                        access.tokens["analist"])
    try:
        server.start()
        until(lambda: server.value('up{job="gimon"}') == "1", 60, "the target is up")
        for days in (1, 2, 3):
            assert deliver(client, delivery=with_sick_days(example(), days)).status == 200
        committed = "gimon_redis_commit_duration_seconds_count"
        until(lambda: server.ask(f"increase({committed}[1m]) > 0"), 60, "it has seen two scrapes")
        yield server
    finally:
        if server.process is not None:
            server.stop()
        shop.close()


def test_the_target_is_up_and_has_the_figures(prometheus):
    assert prometheus.value('up{job="gimon"}') == "1"
    assert prometheus.value('gi_clienten{niveau="landelijk"}') == "31416"
    assert prometheus.value('gi_workload{niveau="landelijk"}') == "12.6"
    assert prometheus.value('gi_wachtlijst{niveau="landelijk"}') == "1496"
    assert prometheus.value('gi_reeks{indicator="workload",niveau="landelijk",peildatum="2022-12-01"}') == "17.1"
    assert len(prometheus.ask('gi_workload{niveau="organisatie"}')) == 13


@pytest.mark.parametrize("name, expression", QUERIES, ids=[name for name, _ in QUERIES])
def test_a_query_of_the_dashboard_gives_data(prometheus, name, expression):
    for variable, value in VARIABLES.items():
        expression = expression.replace(variable, value)
    until(lambda: prometheus.ask(expression), 30, f"data for {name}: {expression}")


def test_no_alert_fires_for_a_healthy_gimon(prometheus):
    status, body = prometheus.get("/api/v1/rules?type=alert")
    rules = [rule for group in json.loads(body)["data"]["groups"] for rule in group["rules"]]
    assert status == 200 and len(rules) >= 5
    assert [rule["name"] for rule in rules if rule["state"] != "inactive"] == []


def test_the_scrape_configuration_and_the_rules_are_valid(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "prometheus")
    (tmp_path / "prometheus" / "gimon-token").touch()
    for what, name in (("config", "gimon.yml"), ("rules", "gimon-alerts.yml")):
        done = subprocess.run(["promtool", "check", what, str(tmp_path / "prometheus" / name)],
                              capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr


def test_a_broken_chain_calls_somebody_and_names_the_monitor(tmp_path):
    labels = {"monitor": "gi", "instance": "a"}
    series = {"series": 'gimon_log_chain_breaks{monitor="gi", instance="a"}', "values": "0 0 0 2 2 2 2"}
    summary = "Het logboek van gi op a spreekt zichzelf tegen"
    rule, = (rule for group in yaml.safe_load((SHIPPED / "gimon-alerts.yml").read_text())["groups"]
             for rule in group["rules"] if rule["alert"] == "GimonKetenGebroken")
    fired = {"exp_labels": {**labels, **rule["labels"]},
             "exp_annotations": {**rule["annotations"], "summary": summary}}
    case = {"interval": "30s", "input_series": [series], "alert_rule_test": [
        {"eval_time": "1m", "alertname": rule["alert"], "exp_alerts": []},
        {"eval_time": "3m", "alertname": rule["alert"], "exp_alerts": [fired]}]}
    (tmp_path / "case.yml").write_text(yaml.safe_dump({"rule_files": [str(SHIPPED / "gimon-alerts.yml")],
                                                       "tests": [case]}), encoding="utf-8")
    done = subprocess.run(["promtool", "test", "rules", str(tmp_path / "case.yml")], capture_output=True,
                          text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_dashboard_is_one_that_can_be_provisioned():
    assert DASHBOARD["uid"] == "gimon" and DASHBOARD["editable"] is False
    assert DASHBOARD["timezone"] == "utc" and "__inputs" not in DASHBOARD
    variables = {variable["name"]: variable["type"] for variable in DASHBOARD["templating"]["list"]}
    assert variables["datasource"] == "datasource"
    for panel in PANELS:
        assert panel["title"] and panel["description"], panel["id"]
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        assert {target["datasource"]["uid"] for target in panel["targets"]} == {"${datasource}"}
    identifiers = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(identifiers) == len(set(identifiers))


def test_the_provisioning_files_are_yaml_with_a_source_and_a_folder():
    sources = yaml.safe_load((GRAFANA / "provisioning/datasources/gimon.yml").read_text())
    providers = yaml.safe_load((GRAFANA / "provisioning/dashboards/gimon.yml").read_text())
    assert sources["datasources"][0]["type"] == "prometheus"
    assert sources["datasources"][0]["editable"] is False
    assert providers["providers"][0]["allowUiUpdates"] is False
