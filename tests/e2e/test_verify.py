"""gimon verify: an honest log is confirmed, an altered one is found and the place is named."""

import http.server
import json
import os
import re
import threading

import pytest

from chain import heads, previous, record
from daemon import ROOT, run
from examples import deliver, delivery_path, example, with_sick_days
from polling import until
from redis_server import call, log_of
from tampering import (AT, altered_by, altered_content, altered_findings, altered_id, altered_kind, chained,
                       put_in_between, removed, renamed_field, with_field)

LOG = "gimon:{gi}:log"


@pytest.fixture
def redis(workshop):
    return workshop.redis().start()


@pytest.fixture
def gimon(workshop, redis):
    """A daemon on a Redis of its own, with eight deliveries, each in a millisecond of its own."""
    daemon = workshop.gimon(redis=redis.address).start()
    client = daemon.client(workshop.token("gi"))
    for days in range(8):
        until(lambda: redis.milliseconds() > int(redis.log()[-1][0].split("-")[0]), 30, "time has passed")
        assert deliver(client, delivery=with_sick_days(example(), 100 + days)).status in (200, 201)
    return daemon


def verify(gimon, *words, **options):
    return run("verify", "--config", gimon.config, *words, **options)


def chain_breaks(gimon):
    """What /metrics says of the log of monitor gi."""
    page = gimon.client().get("/metrics").text
    return int(re.search(r'^gimon_log_chain_breaks\{monitor="gi"\} (\d+)$', page, re.MULTILINE).group(1))


def test_an_honest_log_is_confirmed_with_its_count_last_id_and_head(gimon, redis):
    done = verify(gimon, "--monitor", "gi")
    entries = redis.log()
    last = entries[-1][0]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"gi: ok, {len(entries)} records, last {last}, head {heads(entries)[last]}\n"
    assert chain_breaks(gimon) == 0


def test_every_monitor_is_verified(gimon):
    lines = verify(gimon).stdout.splitlines()
    monitors = sorted(path.stem for path in (ROOT / "conf" / "monitors").glob("*.yaml"))
    assert [line.split(": ok, ")[0] for line in lines] == monitors


def test_one_monitor_needs_no_definitions(gimon, redis):
    gimon.write_config(redis=redis.address, definitions="/nowhere")
    assert verify(gimon).returncode == 1
    assert verify(gimon, "--monitor", "gi").returncode == 0


def test_a_log_of_many_batches(gimon, redis):
    entries = redis.log()
    later = int(entries[-1][0].split("-")[0]) + 1
    for number in range(450):
        name, fields = f"{later}-{number}", record(entries[-1:])
        fields["vorige"] = previous(entries[-1:]) if number == 0 else fields["vorige"]
        entries.append((name, fields))
    redis.put_log(chained(entries))
    done = verify(gimon)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith(f"gi: ok, {len(entries)} records,")


@pytest.mark.parametrize("tamper, hint", [
    (altered_content, "`inhoud` was altered"), (altered_by, "altered"), (altered_findings, "altered"),
    (altered_kind, "altered"), (altered_id, "its id was altered"), (removed, "removed"),
    (renamed_field, "its fields are not those of format 1"),
])
def test_what_was_done_to_a_record_is_found_and_named(gimon, redis, tamper, hint):
    before = redis.log()
    name = before[AT][0]
    assert gimon.stop() == 0
    redis.put_log(tamper(before))
    done = verify(gimon)
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if f"record {name}: " in line and hint in line], done.stdout
    assert "gi: NOT ok" in done.stdout
    others = [other for other, _ in before if other != name and f"record {other}: " in done.stdout]
    assert not others, done.stdout
    gimon.start()
    said = [line for line in gimon.said().splitlines() if "contradicts the chain" in line]
    after = before[AT + 1][0]
    assert any(f"record={after} knew={name}" in line or f"knew={after}" in line for line in said), gimon.said()
    assert chain_breaks(gimon) > 0


def test_a_record_put_in_between_lies_between_two_heads(gimon, redis):
    before = redis.log()
    redis.put_log(put_in_between(before))
    done = verify(gimon)
    assert done.returncode == 1
    assert (f"gi: one of the 2 records after {before[AT - 1][0]} up to {before[AT][0]}: altered, or put in "
            "between; ") in done.stdout


def test_a_forged_record_at_the_end_is_named_by_both(gimon, redis):
    name = redis.call("XADD", LOG, "*", *sum(record(redis.log()[:-3], vorige="1-0 " + 64 * "0").items(),
                                             ())).decode()
    done = verify(gimon)
    assert done.returncode == 1 and f"record {name}: forged" in done.stdout
    assert gimon.stop() == 0
    gimon.start()
    assert f"record={name} knew=1-0" in gimon.said()


def test_a_copied_record_is_named(gimon, redis):
    entries = redis.log()
    name = redis.call("XADD", LOG, "*", *sum(entries[-1][1].items(), ())).decode()
    done = verify(gimon)
    assert done.returncode == 1
    assert f"record {name}: forged: a copy" in done.stdout and entries[-1][0] in done.stdout


def test_a_record_removed_from_the_end_is_missed(gimon, redis):
    entries = redis.log()
    assert gimon.stop() == 0
    redis.call("XDEL", LOG, entries[-1][0])
    done = verify(gimon)
    assert done.returncode == 1
    assert f"record {entries[-1][0]}: removed from the end" in done.stdout


def test_one_byte_in_the_append_only_file_is_found(gimon, redis):
    name, = (name for name, fields in redis.log() if '"ziektedagen":103' in fields["inhoud"])
    assert gimon.stop() == 0
    redis.stop()
    file, = (redis.folder / "appendonlydir").glob("*.incr.aof")
    content = file.read_bytes()
    assert content.count(b'"ziektedagen":103') == 1
    file.write_bytes(content.replace(b'"ziektedagen":103', b'"ziektedagen":703'))
    redis.start()
    done = verify(gimon)
    assert done.returncode == 1 and f"record {name}: `inhoud` was altered" in done.stdout
    gimon.start()
    assert f"knew={name}" in gimon.said()


def test_a_private_redis_is_asked_while_its_gimon_runs(workshop):
    gimon = workshop.gimon().start()
    assert deliver(gimon.client(workshop.token("gi"))).status == 201
    done = verify(gimon)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.startswith("gi: ok, ")
    assert gimon.stop() == 0
    done = verify(gimon)
    assert done.returncode == 3 and done.stdout == ""
    assert "no private Redis runs in" in done.stderr and "gimon serve" in done.stderr


def test_a_private_redis_in_a_folder_with_a_long_name(workshop):
    gimon = workshop.gimon("x" * 90).start()
    assert length_of_log(gimon) == 1
    assert verify(gimon).stdout.startswith("gi: ok, 1 record, ")


def length_of_log(gimon):
    folder = os.open(gimon.data, os.O_RDONLY)
    try:
        return len(log_of(f"/proc/self/fd/{folder}/redis.sock"))
    finally:
        os.close(folder)


def test_the_user_of_the_daemon_is_enough(gimon, redis):
    """As docs/beheer.md gives it; only what was removed from the end is then not missed."""
    rules, = re.findall(r"^    user gimon on >PASSWORD (.*)$",
                        (ROOT / "docs" / "beheer.md").read_text(encoding="utf-8"), re.MULTILINE)
    redis.call("ACL", "SETUSER", "gimon", "on", ">geheim", *rules.split())
    gimon.write_config(redis=f'{redis.address}", gebruiker: gimon, wachtwoordBestand: "./wachtwoord')
    (gimon.folder / "wachtwoord").write_text("geheim\n", encoding="utf-8")
    done = verify(gimon)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.startswith("gi: ok, ")
    redis.put_log(altered_by(redis.log()))
    assert verify(gimon).returncode == 1
    (gimon.folder / "wachtwoord").write_text("anders\n", encoding="utf-8")
    done = verify(gimon)
    assert done.returncode == 3 and "WRONGPASS" in done.stderr


def test_a_redis_that_is_not_there(gimon, redis):
    redis.stop()
    done = verify(gimon)
    assert done.returncode == 3 and "not reached" in done.stderr and done.stdout == ""


def test_a_key_that_is_no_log_is_wrong_and_not_unreachable(workshop, redis):
    gimon = workshop.gimon(redis=redis.address)
    redis.call("SET", LOG, "x")
    done = verify(gimon)
    assert done.returncode == 1 and "WRONGTYPE" in done.stderr


# ---- receipts ----

@pytest.fixture
def receipt(gimon, workshop, tmp_path):
    """(the file, what stands in it) of the newest delivery."""
    answer = deliver(gimon.client(workshop.token("gi")), delivery=with_sick_days(example(), 700))
    assert answer.status == 200
    file = tmp_path / "ontvangst.json"
    file.write_bytes(answer.body)
    return file, answer.json()


def test_a_receipt_is_held_against_redis(gimon, redis, receipt):
    file, content = receipt
    done = verify(gimon, "--receipt", file)
    assert done.returncode == 0
    assert done.stdout == f"record {content['kenmerk']}: ok, it is on the log unaltered\n"


@pytest.mark.parametrize("field, value, hint", [
    ("inhoud", "{}", "`inhoud` was altered"), ("door", "iemand", "it or a record before it was altered"),
])
def test_the_newest_record_has_receipts_as_its_only_witness(gimon, redis, receipt, field, value, hint):
    file, content = receipt
    assert gimon.stop() == 0
    redis.put_log(with_field(redis.log(), -1, field, value))
    done = verify(gimon, "--receipt", file)
    assert done.returncode == 1 and hint in done.stdout
    assert content["kenmerk"] in done.stdout


def test_a_receipt_of_a_record_that_is_gone(gimon, redis, receipt):
    file, content = receipt
    redis.call("XDEL", LOG, content["kenmerk"])
    done = verify(gimon, "--receipt", file)
    assert done.returncode == 1 and f"record {content['kenmerk']}: it is not on the log" in done.stdout


def test_a_file_that_is_no_receipt(gimon, tmp_path):
    file = tmp_path / "iets.json"
    for text in ("", "[]", "{", '{"kenmerk": "1-0"}'):
        file.write_text(text, encoding="utf-8")
        done = verify(gimon, "--receipt", file)
        assert done.returncode == 1 and "is no receipt" in done.stderr
    assert verify(gimon, "--receipt", tmp_path / "none.json").returncode == 1


class Revisions(http.server.BaseHTTPRequestHandler):
    """Answers one path as a daemon answers …/revisies/{n}."""

    def do_GET(self):
        found = self.path == self.server.path
        body = json.dumps(self.server.answer).encode() if found else b"{}"
        self.server.asked.append((self.path, self.headers["Authorization"]))
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/json" if found else "application/problem+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def revisions(receipt):
    """A server that has the revision of the receipt, and says what is put in `answer`."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Revisions)
    server.asked = []
    server.path = f"{delivery_path('2024-10-01', 'jb-noord')}/revisies/{receipt[1]['revisie']}"
    server.answer = {**receipt[1], "aanlevering": with_sick_days(example(), 700)}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def verify_at(server, file, **options):
    return run("verify", "--receipt", file, "--url", f"http://127.0.0.1:{server.server_port}",
               environment={"GIMON_TOKEN": "geheim"}, **options)


def test_a_receipt_is_held_against_a_daemon(gimon, workshop, receipt):
    file, content = receipt
    for name in ("gi", "analist"):
        done = run("verify", "--receipt", file, "--url", gimon.address(),
                   environment={"GIMON_TOKEN": workshop.token(name)})
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"record {content['kenmerk']}: ok, it is on the log unaltered\n"
    done = run("verify", "--receipt", file, "--url", gimon.address())
    assert done.returncode == 1 and done.stdout == "" and "oken" in done.stderr


def test_a_daemon_that_reads_an_altered_log_does_not_have_the_receipt(gimon, redis, workshop, receipt):
    assert gimon.stop() == 0
    redis.put_log(altered_by(redis.log()))
    gimon.start()
    done = run("verify", "--receipt", receipt[0], "--url", gimon.address(),
               environment={"GIMON_TOKEN": workshop.token("gi")})
    assert done.returncode == 1 and "keten: the receipt says" in done.stdout


def test_a_receipt_is_asked_for_where_the_history_is(revisions, receipt):
    done = verify_at(revisions, receipt[0])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"record {receipt[1]['kenmerk']}: ok, it is on the log unaltered\n"
    assert revisions.asked == [(revisions.path, "Bearer geheim")]


@pytest.mark.parametrize("member, value", [
    ("kenmerk", "1-0"), ("sha256", 64 * "0"), ("keten", 64 * "0"), ("peildatum", "2024-04-01"),
    ("aanlevering", with_sick_days(example(), 701)), ("aanlevering", None), ("keten", None),
])
def test_a_daemon_that_has_something_else(revisions, receipt, member, value):
    revisions.answer = {**revisions.answer, member: value}
    done = verify_at(revisions, receipt[0])
    assert done.returncode == 1
    assert f"{member}: " in done.stdout and "NOT on the log" in done.stdout


def test_a_revision_that_was_redacted_since(revisions, receipt):
    revisions.answer = {**revisions.answer, "geredigeerd": "9-0",
                        "aanlevering": {"cijfers": {"clienten": {"jeugdbescherming": 1}}}}
    done = verify_at(revisions, receipt[0])
    assert done.returncode == 0 and "taken out later, by record 9-0" in done.stdout


def test_a_daemon_that_does_not_know_the_revision(revisions, receipt):
    revisions.path = "/elsewhere"
    assert verify_at(revisions, receipt[0]).returncode == 1


def test_nobody_to_hold_a_receipt_against(revisions, receipt):
    file = receipt[0]
    revisions.shutdown()
    revisions.server_close()
    assert verify_at(revisions, file).returncode == 3


@pytest.mark.parametrize("words", [
    ("one",), ("--url", "http://x"), ("--receipt", "x", "--monitor", "gi"),
    ("--receipt", "x", "--url", "http://x", "--config", "y"),
])
def test_words_that_make_no_sense(words):
    done = run("verify", *words)
    assert done.returncode == 2 and done.stdout == "" and "verify" in done.stderr
