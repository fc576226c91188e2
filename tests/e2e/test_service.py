"""gimon as a service: readiness and watchdog, reload, a clean end, and start-up that says why not."""

import signal
import socket
import subprocess

import pytest

from daemon import READY_SECONDS, ROOT, run
from examples import deliver
from http_client import Client
from own_definitions import replace_in
from polling import until

MONITOR = "/v1/monitors/gi"


def metric(client, name):
    """The value of a sample without labels, as text."""
    for line in client.get("/metrics").text.splitlines():
        if line.startswith(name + " "):
            return line.split()[1]
    return None


class Manager:
    """The service manager's end of NOTIFY_SOCKET."""

    def __init__(self, folder):
        self.path = str(folder / "notify.sock")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.setblocking(False)
        self.messages = []

    def has(self, word, after=0):
        """The number of messages up to and with the first that holds the word, from `after` on."""
        try:
            while True:
                self.messages.append(self.socket.recv(4096).decode())
        except BlockingIOError:
            pass
        for number, message in enumerate(self.messages[after:], after + 1):
            if word in message.split("\n") or any(line.startswith(word) for line in message.split("\n")):
                return number
        return 0


def test_the_service_manager_is_told_of_every_step(workshop):
    manager = Manager(workshop.folder)
    gimon = workshop.gimon().start(
        environment={"NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "2000000"})
    ready = until(lambda: manager.has("READY=1"), 30, "READY")
    until(lambda: manager.has("WATCHDOG=1", ready), 30, "the watchdog is fed")
    gimon.signal(signal.SIGHUP)
    reloading = until(lambda: manager.has("RELOADING=1"), 30, "RELOADING")
    assert "MONOTONIC_USEC=" in manager.messages[reloading - 1]
    until(lambda: manager.has("READY=1", reloading), 30, "READY after the reload")
    assert gimon.stop() == 0
    assert manager.has("STOPPING=1")
    manager.socket.close()


def test_a_reload_is_over_when_what_was_added_is_served(workshop, own_conf):
    manager = Manager(workshop.folder)
    gimon = workshop.gimon(definitions=own_conf).start(environment={"NOTIFY_SOCKET": manager.path})
    client = gimon.client()
    (own_conf / "monitors" / "proef.yaml").write_text(
        "monitor: proef\nnaam: Proef\npeildata: []\n"
        "cijfers: {plaatsen: {naam: Plaatsen, soort: aantal, eenheid: plaatsen}}\n", encoding="utf-8")
    gimon.signal(signal.SIGHUP)
    reloading = until(lambda: manager.has("RELOADING=1"), 30, "RELOADING")
    until(lambda: manager.has("READY=1", reloading), 30, "READY after the reload")
    assert client.get("/v1/monitors/proef").status == 200
    manager.socket.close()


def test_reload_takes_new_definitions(workshop, own_conf):
    gimon = workshop.gimon(definitions=own_conf).start()
    client = gimon.client(workshop.token("gi"))
    assert deliver(client).status == 201
    before = client.get(MONITOR)
    replace_in(own_conf / "monitors" / "gi.yaml", "naam: Formatie", "naam: Formatie in fte")
    gimon.signal(signal.SIGHUP)
    until(lambda: "Formatie in fte" in client.get(MONITOR).text, 30, "the new definition is in force")
    assert client.get(MONITOR).headers["ETag"] != before.headers["ETag"]
    assert metric(client, "gimon_config_last_reload_successful") == "1"
    assert deliver(client).json()["uitkomst"] == "ongewijzigd"


def test_a_faulty_reload_changes_nothing_and_says_where_the_fault_is(workshop, own_conf):
    gimon = workshop.gimon(definitions=own_conf).start()
    client = gimon.client(workshop.token("gi"))
    before = client.get(MONITOR).body
    definition = own_conf / "monitors" / "gi.yaml"
    replace_in(definition, "kalender: awt", "kalender: atw")
    gimon.signal(signal.SIGHUP)
    until(lambda: metric(client, "gimon_config_last_reload_successful") == "0", 30, "it is on /metrics")
    assert "gi.yaml:" in gimon.said() and "atw" in gimon.said()
    assert client.get(MONITOR).body == before
    assert deliver(client).status == 201
    replace_in(definition, "kalender: atw", "kalender: awt")
    gimon.signal(signal.SIGHUP)
    until(lambda: metric(client, "gimon_config_last_reload_successful") == "1", 30, "mended")


def test_a_token_made_while_it_runs_works_at_once(workshop):
    gimon = workshop.gimon().start()
    done = run("token", "new", "--config", gimon.config, "--name", "later", "--role", "gi",
               "--organisatie", "rbv")
    assert done.returncode == 0
    assert deliver(gimon.client(done.stdout.strip()), organisation="rbv").status == 201


def test_a_taken_port_is_one_clear_line(workshop):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        gimon = workshop.gimon(listen=f"127.0.0.1:{port}")
        done = run("serve", "--config", gimon.config)
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if str(port) in line]
    assert len(lines) == 1 and "in use" in lines[0], done.stderr


def test_it_does_not_start_on_a_faulty_configuration(workshop, own_conf):
    replace_in(own_conf / "monitors" / "gi.yaml", "soort: som", "soort: sim")
    gimon = workshop.gimon(definitions=own_conf)
    done = run("serve", "--config", gimon.config)
    assert done.returncode == 1 and "gi.yaml:" in done.stderr
    assert not (gimon.data / "redis.sock").exists()


def test_it_can_listen_on_a_unix_socket(workshop):
    address = f"unix:{workshop.folder}/http.sock"
    gimon = workshop.gimon(listen=address).start()
    assert gimon.client().get("/v1/regios").status == 200


def test_it_takes_the_socket_that_systemd_passes(workshop):
    gimon = workshop.gimon(listen="127.0.0.1:1")
    with socket.create_server(("127.0.0.1", 0)) as passed:
        gimon.start_with_socket(passed)
        client = Client(f"http://127.0.0.1:{passed.getsockname()[1]}")
        until(lambda: client.answers("/readyz"), READY_SECONDS, "it answers on that socket")


def test_an_end_by_interrupt_is_clean_too(workshop):
    gimon = workshop.gimon().start()
    gimon.signal(signal.SIGINT)
    assert gimon.process.wait(READY_SECONDS) == 0
    gimon.process = None


@pytest.mark.parametrize("unit", ["gimon.service", "gimon.socket"])
def test_the_units_pass_systemd_analyze(unit, tmp_path):
    """With the program where the unit expects it: a copy that names this build's."""
    for name in ("gimon.service", "gimon.socket"):
        text = (ROOT / "systemd" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/usr/bin/gimon", "/bin/true"), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(tmp_path / unit)],
                          capture_output=True, text=True, timeout=60, check=False)
    said = [line for line in done.stderr.splitlines() if "gimon" in line]
    assert (done.returncode, said) == (0, [])
