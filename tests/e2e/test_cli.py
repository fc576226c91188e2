"""The command line: what it prints, and the exit codes scripts rely on (0, 1, 2, 3)."""

import json
import re
import shutil
import socket
import stat

import pytest

from daemon import CONF, run
from examples import deliver, delivery_path, example, example_file

WHAT = ("--monitor", "gi", "--peildatum", "2024-10-01", "--organisatie", "jb-noord")


def submit(client, file, *more, token=None):
    return run("submit", file, "--url", client.address, *WHAT, *more,
               environment={"GIMON_TOKEN": client.token if token is None else token})


@pytest.fixture
def conf(tmp_path):
    """A configuration with its own copy of the definitions: (gimon.yaml, folder)."""
    shutil.copytree(CONF, tmp_path / "conf", ignore=shutil.ignore_patterns("voorbeeld"))
    config = tmp_path / "gimon.yaml"
    config.write_text("luister: 127.0.0.1:0\nredis: {lokaal: ./data}\ndefinities: ./conf\n"
                      "toegang: ./toegang.yaml\nopenbaar: landelijk\n", encoding="utf-8")
    return config, tmp_path / "conf"


def test_check_accepts_what_we_ship(conf):
    done = run("check", "--config", conf[0])
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("file, old, new, hint", [
    ("monitors/gi.yaml", "eenheid: maatregelen", "eenheden: maatregelen", "eenheid"),
    ("monitors/gi.yaml", "soort: verhouding", "soort: verhuding", "verhouding"),
    ("monitors/gi.yaml", "teller: [clienten.jeugdbescherming]", "teller: [clienten.jeugdbeschermin]",
     "jeugdbescherming"),
    ("monitors/gi.yaml", "{datum: 2024-10-01,", "{datum: 2024-02-30,", "2024-02-30"),
    ("monitors/gi.yaml", "waarde: 12.8", "waarde: veel", "veel"),
    ("organisaties.yaml", "vanaf: 2022-12-01, regios: [JZ02]", "vanaf: 2022-12-01, regios: [JZ40]", "JZ40"),
    ("kalender.yaml", "goede-vrijdag", "goede-vrijdg", "goede-vrijdag"),
])
def test_check_says_where_a_fault_is_and_what_comes_nearest(conf, file, old, new, hint):
    path = conf[1] / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    line = text[:text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run("check", "--config", conf[0])
    assert done.returncode == 1
    said = [fault for fault in done.stderr.splitlines()
            if re.search(rf"{re.escape(path.name)}:{line}:\d+: ", fault)]
    assert said and any(hint in fault for fault in said), done.stderr


def test_check_says_every_fault_at_once(conf):
    for name, old, new in (("monitors/gi.yaml", "kalender: awt", "kalender: atw"),
                           ("monitors/gi.yaml", "wat: De waarde", "wta: De waarde"),
                           ("organisaties.yaml", "naam: Bureau", "nam: Bureau")):
        path = conf[1] / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    conf[0].write_text(conf[0].read_text() + "luisterr: nergens\n", encoding="utf-8")
    faults = run("check", "--config", conf[0]).stderr
    for word in ("atw", "wta", "nam", "luisterr"):
        assert word in faults


def test_check_of_a_file_that_is_not_there(tmp_path):
    done = run("check", "--config", tmp_path / "none.yaml")
    assert done.returncode == 1 and "none.yaml" in done.stderr


def test_submit_delivers_and_says_what_became_of_it(gi):
    file = example_file("2024-10-01", "jb-noord")
    first, again = submit(gi, file), submit(gi, file)
    assert (first.returncode, again.returncode) == (0, 0)
    assert "nieuw" in first.stdout and "ongewijzigd" in again.stdout
    assert gi.get(delivery_path("2024-10-01", "jb-noord")).headers["ETag"] == '"1"'


def test_submit_of_a_refused_delivery_prints_the_findings_and_exits_1(gi, tmp_path):
    delivery = example()
    delivery["cijfers"]["clienten"]["jeugdbescherming"] = "veel"
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(delivery), encoding="utf-8")
    done = submit(gi, file)
    assert done.returncode == 1
    assert "/cijfers/clienten/jeugdbescherming" in done.stdout + done.stderr


def test_submit_with_a_wrong_token_exits_1(gi):
    done = submit(gi, example_file("2024-10-01", "jb-noord"), token="wrong")
    assert done.returncode == 1 and "oken" in done.stderr
    assert "wrong" not in done.stderr


def test_submit_without_anybody_there_exits_3():
    with socket.socket() as held:  # bound and not listening
        held.bind(("127.0.0.1", 0))
        done = run("submit", example_file("2024-10-01", "jb-noord"), *WHAT, "--url",
                   f"http://127.0.0.1:{held.getsockname()[1]}", environment={"GIMON_TOKEN": "x"})
    assert done.returncode == 3 and len(done.stderr.splitlines()) == 1


def test_report_without_anybody_there_exits_3():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        done = run("report", "ontwikkeling", "--monitor", "gi", "--url",
                   f"http://127.0.0.1:{held.getsockname()[1]}")
    assert done.returncode == 3


def test_report_of_an_unknown_table_exits_1(gi):
    done = run("report", "onbekend", "--monitor", "gi", "--url", gi.address)
    assert done.returncode == 1 and done.stderr


@pytest.mark.parametrize("words", [
    ("serve", "--nonsense"), ("check", "one", "two"), ("submit",), ("report",), ("token",),
    ("token", "new"), ("export",), ("export", "csv"), ("export", "openmetrics", "gi"), ("nonsense",), (),
])
def test_wrong_usage_exits_2_and_says_how(words):
    done = run(*words)
    assert done.returncode == 2 and "gimon" in done.stderr and done.stdout == ""


@pytest.mark.parametrize("words", [
    ("--help",), ("serve", "--help"), ("check", "--help"), ("submit", "--help"), ("report", "--help"),
    ("token", "--help"), ("version", "--help"), ("verify", "--help"), ("redact", "--help"),
    ("export", "--help"), ("export", "csv", "--help"), ("export", "openmetrics", "--help"),
])
def test_help_is_everywhere(words):
    done = run(*words)
    assert done.returncode == 0 and "Usage" in done.stdout and done.stderr == ""


def test_version_is_that_of_the_api(gimon):
    done = run("version")
    assert done.returncode == 0
    assert re.search(r"\b\d+\.\d+\.\d+\b", done.stdout)
    assert re.fullmatch(r"\d+\.\d+\.\d+", gimon.client().get("/v1/monitors").headers["API-Version"])


def test_token_new_prints_the_token_and_keeps_its_digest_only(conf):
    config = conf[0]
    done = run("token", "new", "--config", config, "--name", "JB Noord productie", "--role", "gi",
               "--organisatie", "jb-noord")
    assert done.returncode == 0 and len(done.stdout.splitlines()) == 1
    file = config.parent / "toegang.yaml"
    text = file.read_text(encoding="utf-8")
    assert done.stdout.strip() not in text and "JB Noord productie" in text
    assert stat.S_IMODE(file.stat().st_mode) & 0o007 == 0


def test_token_list_shows_names_and_revoke_ends_one(gimon, workshop):
    def tell(*words):
        return run("token", *words, "--config", gimon.config)

    token = tell("new", "--name", "tijdelijk", "--role", "gi", "--organisatie", "jb-noord").stdout.strip()
    client = gimon.client(token)
    assert deliver(client).status == 201
    assert "tijdelijk" in tell("list").stdout and token not in tell("list").stdout
    assert tell("revoke", "tijdelijk").returncode == 0
    assert "tijdelijk" not in tell("list").stdout
    assert deliver(gimon.client(workshop.token("gi"))).status == 200


@pytest.mark.parametrize("words", [
    ("--name", "x", "--role", "baas"),
    ("--name", "x", "--role", "gi", "--organisatie", "jb-nord"),
    ("--name", "x", "--role", "gi"),
])
def test_token_new_refuses_what_makes_no_sense(conf, words):
    done = run("token", "new", "--config", conf[0], *words)
    assert done.returncode in (1, 2) and done.stdout == "" and done.stderr
    assert not (conf[0].parent / "toegang.yaml").exists()
