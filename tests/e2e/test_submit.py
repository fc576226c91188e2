"""gimon submit: where files go, what is said of them, and how long it tries. What the daemon would have to
be brought into with effort (busy, away, a try-out) is played by a server that follows a script."""

import json
import os
import pty
import re
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from daemon import BINARY, ENVIRONMENT, SANITIZER, run
from examples import FOLDER, ORGANISATIONS, delivery_path, example, example_file

RECEIPT = {"uitkomst": "nieuw", "revisie": 1, "bevindingen": []}
WRONG = {"code": "geen-getal", "ernst": "fout", "plaats": "/cijfers/x", "regel": 3, "kolom": 7,
         "melding": "Dit moet een getal zijn.\u001b[2J"}
PLACE = ("--monitor", "gi", "--peildatum", "2024-10-01", "--organisatie", "jb-noord")


class Script:
    """A server that answers with what comes next: (status, body, headers), or None to hang up."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []
        self.connections = 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))

    def handler(self):
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                script.connections += 1

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                script.asked.append((self.command, self.path, self.headers, body, time.monotonic()))
                now = script.answers.pop(0) if len(script.answers) > 1 else script.answers[0]
                self.close_connection = now is None
                if now is not None:
                    script.send(self, *now)

            do_PUT = do_POST = answer

            def log_message(self, *words):
                pass

        return Handler

    @staticmethod
    def send(handler, status, body, headers=()):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = "application/json" if status < 400 else "application/problem+json"
        handler.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": len(content), **dict(headers)}.items():
            handler.send_header(name, str(value))
        handler.end_headers()
        handler.wfile.write(content)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *failure):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def submit(self, *words, **options):
        return submit(f"http://127.0.0.1:{self.server.server_port}", *words, **options)


def submit(address, *words, token="x", **environment):
    return run("submit", *words, "--url", address, environment={"GIMON_TOKEN": token, **environment})


def submit_from(address, text, *words, token="x"):
    """With text on standard input."""
    done = subprocess.run([str(BINARY), "submit", "-", *words, "--url", address], input=text,
                          env={**ENVIRONMENT, "GIMON_TOKEN": token}, capture_output=True, timeout=60,
                          check=False)
    assert not SANITIZER.search(done.stderr.decode()), done.stderr
    return done


def on_a_terminal(*words, **environment):
    """Everything that the program writes when all it has is a terminal, and its exit code."""
    screen, terminal = pty.openpty()
    process = subprocess.Popen([str(BINARY), *map(str, words)], stdin=terminal, stdout=terminal,
                               stderr=terminal, env={**ENVIRONMENT, "TERM": "xterm", **environment})
    os.close(terminal)
    shown = b""
    try:
        while piece := os.read(screen, 65536):
            shown += piece
    except OSError:
        pass  # the other side has closed
    os.close(screen)
    return process.wait(60), shown.decode()


# --- the real daemon ----------------------------------------------------------------------------------


def test_many_files_find_their_place_by_their_path(gi):
    files = sorted(FOLDER.glob("*/*.json"))
    done = submit(gi.address, *files, token=gi.token)
    assert done.returncode == 0, done.stderr
    assert f"{len(files)} files: {len(files)} accepted, 0 refused, 0 not delivered" in done.stderr
    assert len(done.stdout.splitlines()) >= len(files)
    for name in ORGANISATIONS:
        assert f"gi/2024-10-01/{name}: nieuw (revision 1)" in done.stdout
    assert gi.get(delivery_path("2022-12-01", "rbv")).status == 200


def test_one_that_is_refused_does_not_stop_the_others(gi, tmp_path):
    folder = tmp_path / "gi" / "2024-10-01"
    folder.mkdir(parents=True)
    (folder / "jb-noord.json").write_text("{}", encoding="utf-8")
    (folder / "rbv.json").write_bytes(example_file("2024-10-01", "rbv").read_bytes())
    done = submit(gi.address, folder / "jb-noord.json", folder / "niets.json", folder / "rbv.json",
                  token=gi.token)
    assert done.returncode == 1
    assert "gi/2024-10-01/jb-noord: 400" in done.stderr and "fout" in done.stderr
    assert "niets.json cannot be read" in done.stderr
    assert "gi/2024-10-01/rbv: nieuw" in done.stdout
    assert "3 files: 1 accepted, 2 refused, 0 not delivered" in done.stderr


def test_a_dry_run_stores_nothing(gi, tmp_path):
    file = tmp_path / "gi" / "2024-10-01" / "jb-noord.json"
    file.parent.mkdir(parents=True)
    file.write_text("{}", encoding="utf-8")
    good = submit(gi.address, example_file("2024-10-01", "jb-noord"), "--dry-run", token=gi.token)
    wrong = submit(gi.address, file, "--dry-run", token=gi.token)
    assert (good.returncode, wrong.returncode) == (0, 1), good.stderr + wrong.stderr
    assert ": aanvaardbaar (dry run" in good.stdout
    assert ": niet aanvaardbaar (dry run" in wrong.stdout and "  fout " in wrong.stdout
    assert gi.get(delivery_path("2024-10-01", "jb-noord")).status == 404


def test_csv_is_delivered_as_it_was_given(gi, tmp_path):
    here = delivery_path("2024-10-01", "jb-noord")
    submit(gi.address, example_file("2024-10-01", "jb-noord"), token=gi.token)
    file = tmp_path / "gi" / "2024-10-01" / "jb-noord.csv"
    file.parent.mkdir(parents=True)
    file.write_bytes(gi.get(here, Accept="text/csv").body)
    same = submit(gi.address, file, token=gi.token)
    file.write_bytes(file.read_bytes() + b"clienten;onbekend;;;3\n")
    wrong = submit(gi.address, file, token=gi.token)
    assert same.returncode == 0 and "ongewijzigd" in same.stdout, same.stderr
    assert wrong.returncode == 1 and "(line " in wrong.stderr


def test_standard_input(gi):
    text = json.dumps(example()).encode()
    done = submit_from(gi.address, text, *PLACE, token=gi.token)
    assert done.returncode == 0 and b"nieuw" in done.stdout


def test_a_token_that_is_not_known_ends_the_run(gi):
    files = [example_file("2024-10-01", name) for name in ORGANISATIONS[:3]]
    done = submit(gi.address, *files, token="wrong")
    assert done.returncode == 1
    assert "3 files: 0 accepted, 1 refused, 2 not delivered" in done.stderr


def test_answers_as_they_come(gi):
    files = [example_file("2024-10-01", name) for name in ORGANISATIONS[:3]]
    done = submit(gi.address, *files, "--json", token=gi.token)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["organisatie"] for line in lines] == list(ORGANISATIONS[:3])
    assert all(line["uitkomst"] == "nieuw" for line in lines)


# --- forms --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name, words, kind", [
    ("jb-noord.json", (), "application/json"),
    ("jb-noord.csv", (), "text/csv; charset=utf-8"),
    ("jb-noord.CSV", (), "text/csv; charset=utf-8"),
    ("jb-noord.csv", ("--format", "json"), "application/json"),
    ("jb-noord", ("--format", "csv"), "text/csv; charset=utf-8"),
])
def test_the_form_is_in_the_name_unless_one_is_given(tmp_path, name, words, kind):
    file = tmp_path / "gi" / "2024-10-01" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(b"cijfer;deel")
    with Script((201, RECEIPT)) as script:
        assert script.submit(file, *words).returncode == 0
    method, path, headers, body, _ = script.asked[0]
    assert (method, path, body) == ("PUT", delivery_path("2024-10-01", "jb-noord"), b"cijfer;deel")
    assert headers["Content-Type"] == kind and headers["Authorization"] == "Bearer x"


def test_csv_from_standard_input():
    with Script((201, RECEIPT)) as script:
        address = f"http://127.0.0.1:{script.server.server_port}"
        assert submit_from(address, b"a;b", *PLACE, "--format", "csv").returncode == 0
    assert script.asked[0][2]["Content-Type"].startswith("text/csv") and script.asked[0][3] == b"a;b"


# --- a try-out ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("acceptable, code, word", [(True, 0, "aanvaardbaar"), (False, 1, "niet aanvaardbaar")])
def test_a_dry_run_asks_and_says_what_would_become_of_it(acceptable, code, word):
    trial = {"aanvaardbaar": acceptable, "bevindingen": [WRONG],
             "verschil": [{"cijfer": "clienten.jeugdbescherming", "was": 1820, "wordt": 1834}]}
    with Script((200, trial)) as script:
        done = script.submit(example_file("2024-10-01", "jb-noord"), "--dry-run")
        raw = script.submit(example_file("2024-10-01", "jb-noord"), "--dry-run", "--json")
    assert (done.returncode, raw.returncode) == (code, code)
    assert f": {word} (dry run" in done.stdout and "Dit moet een getal zijn." in done.stdout
    assert "clienten.jeugdbescherming: 1820 -> 1834" in done.stdout
    assert json.loads(raw.stdout) == trial
    method, path, _, body, _ = script.asked[0]
    assert (method, path) == ("POST", delivery_path("2024-10-01", "jb-noord") + "/_controleer")
    assert body == example_file("2024-10-01", "jb-noord").read_bytes()


# --- trying again -------------------------------------------------------------------------------------


def test_all_files_go_over_one_connection():
    files = [example_file("2024-10-01", name) for name in ORGANISATIONS]
    with Script((201, RECEIPT)) as script:
        assert script.submit(*files).returncode == 0
    assert (len(script.asked), script.connections) == (len(files), 1)


@pytest.mark.parametrize("busy", [
    (503, {"title": "Druk"}, {}),
    (429, {"title": "Te veel"}, {}),
    None,
], ids=["503", "429", "lost"])
def test_who_is_busy_or_gone_is_asked_again_with_the_same(busy):
    with Script(busy, busy, (201, RECEIPT)) as script:
        done = script.submit(example_file("2024-10-01", "jb-noord"))
    assert done.returncode == 0 and "nieuw" in done.stdout
    assert {(method, path, body) for method, path, _, body, _ in script.asked} == {
        ("PUT", delivery_path("2024-10-01", "jb-noord"), example_file("2024-10-01", "jb-noord").read_bytes())}


def test_nobody_is_asked_sooner_than_he_says():
    with Script((429, {"title": "Te veel"}, {"Retry-After": "1"}), (201, RECEIPT)) as script:
        assert script.submit(example_file("2024-10-01", "jb-noord")).returncode == 0
    assert len(script.asked) == 2 and script.asked[1][4] - script.asked[0][4] >= 1


@pytest.mark.parametrize("status", [429, 503])
def test_who_asks_for_much_patience_is_left_alone(status):
    busy = (status, {"title": "Druk", "detail": "Probeer het morgen."}, {"Retry-After": "86400"})
    files = [example_file("2024-10-01", name) for name in ORGANISATIONS[:2]]
    with Script(busy) as script:
        done = script.submit(*files)
    assert done.returncode == 3 and len(script.asked) == 1
    assert "Probeer het morgen." in done.stderr
    assert f"2 files: 0 accepted, 0 refused, 2 not delivered; the first of these is {files[0]}" in done.stderr


def test_what_is_refused_is_not_asked_again():
    with Script((400, {"title": "Niet aanvaard", "bevindingen": [WRONG]})) as script:
        done = script.submit(example_file("2024-10-01", "jb-noord"))
    assert done.returncode == 1 and len(script.asked) == 1
    assert "fout /cijfers/x (line 3, column 7): Dit moet een getal zijn. [2J [geen-getal]" in done.stderr


@pytest.mark.parametrize("address", ["nonsense://x", "http://[", "ftp://127.0.0.1"])
def test_an_address_that_is_none_is_said_at_once(address):
    done = submit(address, example_file("2024-10-01", "jb-noord"))
    assert done.returncode == 3 and "not reached" in done.stderr


def test_every_file_has_its_line_of_json_even_without_an_answer(tmp_path):
    (tmp_path / "gi" / "2024-10-01").mkdir(parents=True)
    missing = tmp_path / "gi" / "2024-10-01" / "jb-noord.json"
    with Script((502, b"<html>\n</html>", {"Content-Type": "text/html"})) as script:
        done = script.submit(missing, example_file("2024-10-01", "jb-noord"), "--json")
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert (first["status"], second["status"]) == (0, 502) and "jb-noord.json" in first["detail"]


@pytest.mark.parametrize("words", [
    (), ("x.json",), ("gi/morgen/jb-noord.json",), ("gi/2024-02-30/jb-noord.json",),
    ("a/2024-10-01/b.json", "a/2024-10-01/c.json", "--organisatie", "d"),
    ("gi/2024-10-01/jb-noord.json", "--format", "xml"), ("-",), ("gi/2024-10-01/x.json", "--nonsense"),
])
def test_what_makes_no_sense_is_not_sent(words):
    with Script((201, RECEIPT)) as script:
        done = script.submit(*words)
    assert done.returncode == 2 and done.stderr and script.asked == []


# --- a terminal ---------------------------------------------------------------------------------------


def test_a_terminal_gets_colour_and_progress_and_nothing_from_elsewhere():
    problem = {"title": "Niet aanvaard", "detail": "Zie onder.", "bevindingen": [WRONG]}
    files = [example_file("2024-10-01", name) for name in ORGANISATIONS[:2]]
    with Script((400, problem), (201, RECEIPT)) as script:
        code, shown = on_a_terminal("submit", *files, "--url",
                                    f"http://127.0.0.1:{script.server.server_port}", GIMON_TOKEN="x")
    assert code == 1
    assert "\x1b[31mfout\x1b[0m" in shown and "\x1b[32mnieuw\x1b[0m" in shown
    assert "1/2 gi/2024-10-01/" in shown and "2/2 gi/2024-10-01/" in shown
    assert "\x1b[2J" not in shown and "zijn. [2J" in shown


def test_a_terminal_is_told_of_waiting():
    files = [example_file("2024-10-01", name) for name in ORGANISATIONS[:2]]
    with Script((503, {}), (201, RECEIPT)) as script:
        code, shown = on_a_terminal("submit", *files, "--url",
                                    f"http://127.0.0.1:{script.server.server_port}", GIMON_TOKEN="x")
    assert code == 0 and re.search(r"1/2 \S+ \(the daemon is away or busy; again in 0\.2 s\)", shown)


def test_no_color_is_honoured():
    with Script((400, {"title": "Niet aanvaard", "bevindingen": [WRONG]})) as script:
        _, shown = on_a_terminal("submit", example_file("2024-10-01", "jb-noord"), "--url",
                                 f"http://127.0.0.1:{script.server.server_port}", GIMON_TOKEN="x",
                                 NO_COLOR="1")
    assert "\x1b" not in shown and "fout" in shown


def test_no_terminal_gets_no_colour_and_no_progress(gi):
    done = submit(gi.address, *[example_file("2024-10-01", name) for name in ORGANISATIONS[:2]],
                  token=gi.token)
    assert "\x1b" not in done.stdout + done.stderr and "1/2" not in done.stderr
