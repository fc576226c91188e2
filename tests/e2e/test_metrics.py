"""/metrics is what Prometheus expects, with the figures, for whoever may see them."""

import re
import subprocess

import pytest

OPENMETRICS = "application/openmetrics-text; version=1.0.0"
NATIONAL = {  # the letter, 2024-10-01
    "gi_clienten": "31416", "gi_clienten_jeugdbescherming": "25827", "gi_workload": "12.6",
    "gi_wachtlijst": "1496", "gi_wachtlijst_start": "589", "gi_wachtlijst_intern": "907",
    "gi_wachttijd_start_dagen": "29", "gi_wachttijd_intern_dagen": "76", "gi_wachttijd_dagen": "57.5",
    "gi_fte": "2604", "gi_verloop_ratio": "0.155", "gi_verzuim_ratio": "0.068",
}


def samples(text):
    """{name with labels: value}."""
    return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))


def test_the_national_figures_are_the_letters(letter):
    found = samples(letter.get("/metrics").text)
    assert {name: found[f'{name}{{niveau="landelijk"}}'] for name in NATIONAL} == NATIONAL
    assert found["gi_respons_ontvangen"] == found["gi_respons_verwacht"] == "13"
    assert found["gi_peildatum_timestamp_seconds"] == "1727740800"
    assert found['gi_norm{indicator="workload"}'] == "12.8"


def test_history_has_the_value_a_series_has(letter):
    found = samples(letter.get("/metrics").text)
    values = {re.search(r'peildatum="([^"]*)"', name).group(1): value for name, value in found.items()
              if name.startswith('gi_reeks{indicator="workload",niveau="landelijk"')}
    assert values == {"2022-12-01": "17.1", "2023-05-01": "16.3", "2023-10-01": "15.3",
                      "2024-04-01": "14.2", "2024-10-01": "12.6"}


def test_organisations_are_shown_to_an_analyst_only(letter, analyst):
    shown = samples(analyst.get("/metrics").text)
    assert sum(name.startswith('gi_clienten{niveau="organisatie"') for name in shown) == 13
    assert "organisatie=" not in letter.get("/metrics").text


def test_promtool_has_nothing_to_say(analyst):
    text = analyst.get("/metrics", Accept="text/plain; version=0.0.4")
    assert text.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    done = subprocess.run(["promtool", "check", "metrics"], input=text.body, capture_output=True,
                          timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_openmetrics_keeps_to_its_form(analyst):
    answer = analyst.get("/metrics", Accept=OPENMETRICS)
    assert answer.headers["Content-Type"].startswith(OPENMETRICS)
    assert answer.text.endswith("\n# EOF\n") and answer.text.count("# EOF") == 1
    comments = [line for line in answer.text.splitlines() if line.startswith("#")]
    assert {line.split()[1] for line in comments} == {"TYPE", "UNIT", "HELP", "EOF"}
    for before, line in zip(comments, comments[1:]):
        word, name = line.split()[1:3] if line != "# EOF" else ("EOF", "")
        if word != "TYPE" and word != "EOF":
            assert before.split()[2] == name, "metadata of one family stand together"
        if word == "UNIT":
            assert before.split()[1] == "TYPE" and name.endswith("_" + line.split()[3])


def test_both_formats_hold_the_same_figures(letter):
    old, new = (samples(letter.get("/metrics", Accept=accept).text)
                for accept in ("text/plain", OPENMETRICS))
    pick = lambda found: {name: value for name, value in found.items() if name.startswith("gi_")}
    assert pick(old) == pick(new) and len(pick(old)) > 100


def test_there_are_no_timestamps_and_no_nan(analyst):
    for line in analyst.get("/metrics").text.splitlines():
        if not line.startswith("#"):
            rest = line[line.rindex("}") + 1:] if "}" in line else line.split(" ", 1)[1]
            assert len(rest.split()) == 1 and "NaN" not in rest, line


@pytest.mark.parametrize("name", [
    "gimon_build_info", "gimon_http_requests_total", "gimon_http_request_duration_seconds_bucket",
    "gimon_redis_up", "gimon_redis_commit_duration_seconds_count", "gimon_log_entries",
    "gimon_log_last_timestamp_seconds", "gimon_config_last_reload_successful",
    "process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds",
    "process_start_time_seconds",
])
def test_the_daemon_tells_of_itself(letter, name):
    assert re.search(rf"^{name}[ {{]", letter.get("/metrics").text, re.MULTILINE)


def test_without_deliveries_the_page_is_valid_and_has_no_figures(gimon):
    text = gimon.client().get("/metrics").text
    assert "gi_workload" not in text and "NaN" not in text
    done = subprocess.run(["promtool", "check", "metrics"], input=text.encode(), capture_output=True,
                          timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
