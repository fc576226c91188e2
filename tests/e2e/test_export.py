"""gimon export: the history for a Prometheus that was not there yet, and everything delivered as one CSV."""

import csv
import io
import subprocess
from datetime import datetime, timezone

import pytest

from daemon import run
from examples import ORGANISATIONS, PEILDATA, deliver, delivery_path, example
from prometheus import Prometheus

SERIES = "/v1/monitors/gi/reeksen"


def export(kind, client, *more, token=None):
    given = client.token if token is None else token
    return run("export", kind, "--url", client.address, "--monitor", "gi", *more,
               environment={"GIMON_TOKEN": given} if given else {})


def midnight(peildatum):
    return int(datetime.fromisoformat(peildatum).replace(tzinfo=timezone.utc).timestamp())


def samples(text):
    """{(name with labels): [(timestamp, value)]} of an OpenMetrics text."""
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, value, stamp = line.rsplit(" ", 2)
            found.setdefault(name, []).append((int(stamp), float(value)))
    return found


def points_of(client, level):
    return [point for point in client.get(f"{SERIES}?niveau={level}").json()["reeksen"] if "waarde" in point]


def test_every_point_stands_at_its_peildatum(analyst):
    done = export("openmetrics", analyst)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\n# EOF\n") and done.stdout.count("# EOF") == 1
    found = samples(done.stdout)
    assert found['gi_workload{niveau="landelijk"}'] == [
        (midnight(day), value) for day, value in zip(PEILDATA, (17.1, 16.3, 15.3, 14.2, 12.6))]
    assert found['gi_verloop_ratio{niveau="landelijk"}'][-1] == (midnight("2024-10-01"), 0.155)
    own = f'gi_workload{{niveau="organisatie",organisatie="{ORGANISATIONS[0]}"}}'
    assert [stamp for stamp, _ in found[own]] == [midnight(day) for day in PEILDATA]
    points = sum(len(points_of(analyst, level)) for level in ("landelijk", "organisatie", "regio"))
    assert sum(len(values) for values in found.values()) == points > 1000


def test_the_names_are_those_of_metrics(analyst):
    """A graph of what is scraped runs on into what was back-filled: same name, same labels."""
    scraped = {line.rsplit(" ", 1)[0] for line in analyst.get("/metrics").text.splitlines()
               if line.startswith("gi_") and "{niveau=" in line}
    assert scraped and scraped <= set(samples(export("openmetrics", analyst).stdout))


def test_without_a_token_only_national_figures(letter):
    done = export("openmetrics", letter)
    assert done.returncode == 0
    assert all('{niveau="landelijk"}' in name for name in samples(done.stdout))
    assert "organisatie" not in done.stdout.replace("organisaties", "")


def test_prometheus_takes_it_and_answers(analyst, workshop):
    """The blocks that promtool makes of the dump hold the letter's figures, years back."""
    prometheus = Prometheus(workshop.folder / "prometheus", analyst.address.split("//")[1], analyst.token)
    dump = prometheus.folder / "gi.om"
    dump.write_text(export("openmetrics", analyst).stdout, encoding="utf-8")
    made = subprocess.run(["promtool", "tsdb", "create-blocks-from", "openmetrics", dump,
                           prometheus.folder / "data"], capture_output=True, text=True, timeout=60,
                          check=False)
    assert made.returncode == 0, made.stderr + made.stdout
    prometheus.start("--storage.tsdb.retention.time=100y")
    try:
        for peildatum, workload in zip(PEILDATA, ("17.1", "16.3", "15.3", "14.2", "12.6")):
            found = prometheus.ask('gi_workload{niveau="landelijk"}', at=midnight(peildatum))
            assert [sample["value"][1] for sample in found] == [workload], peildatum
        clients = prometheus.ask('sum(gi_clienten{niveau="organisatie"})', at=midnight("2024-10-01"))
        assert clients[0]["value"][1] == "31416"
    finally:
        prometheus.stop()


# ---- csv ----


def rows_of(done):
    assert (done.returncode, done.stderr) == (0, "")
    return list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"), newline=""), delimiter=";"))


def lines_of(client, path):
    """A delivery's own CSV: its lines as tuples, without the header."""
    text = client.get(path, Accept="text/csv").text.removeprefix("\ufeff")
    return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")][1:]


def lines_in(rows, **wanted):
    """Those of a delivery in the export."""
    return [tuple(row[name] for name in ("cijfer", "deel", "regio", "sinds", "waarde"))
            for row in rows if all(row[key] == value for key, value in wanted.items())]


def test_csv_has_everything_delivered(analyst):
    rows = rows_of(export("csv", analyst))
    assert {(row["peildatum"], row["organisatie"]) for row in rows} == {
        (peildatum, name) for peildatum in PEILDATA for name in ORGANISATIONS}
    for peildatum in PEILDATA[::2]:
        wanted = lines_of(analyst, delivery_path(peildatum, "jb-noord"))
        assert wanted and lines_in(rows, peildatum=peildatum, organisatie="jb-noord") == wanted


def test_csv_has_all_revisions_and_what_became_of_them(gi, gimon, workshop):
    delivery = example()
    texts = 'Een "aanhaling"; punt, komma\nen een regel'
    first = deliver(gi, delivery=delivery).json()
    delivery["cijfers"]["clienten"]["jeugdreclassering"] += 1
    delivery.setdefault("toelichtingen", {})["algemeen"] = texts
    second = deliver(gi, delivery=delivery).json()
    deliver(gi, organisation="rbv")
    assert gi.request("DELETE", delivery_path("2024-10-01", "rbv")).status == 204
    analyst = gimon.client(workshop.token("analist"))
    rows = rows_of(export("csv", analyst))
    told = {(row["organisatie"], row["revisie"], row["status"], row["kenmerk"], row["ontvangenOp"])
            for row in rows if row["organisatie"] == "jb-noord"}
    assert told == {("jb-noord", "1", "vervangen", first["kenmerk"], first["ontvangenOp"]),
                    ("jb-noord", "2", "ontvangen", second["kenmerk"], second["ontvangenOp"])}
    assert {row["status"] for row in rows if row["organisatie"] == "rbv"} == {"ingetrokken"}
    newest = lines_in(rows, organisatie="jb-noord", revisie="2")
    assert newest == lines_of(analyst, delivery_path("2024-10-01", "jb-noord"))
    assert ("toelichting", "algemeen", "", "", texts) in newest
    older = lines_in(rows, organisatie="jb-noord", revisie="1")
    assert older == lines_of(analyst, delivery_path("2024-10-01", "jb-noord") + "/revisies/1")
    assert set(older) != set(newest)


def test_a_gi_exports_its_own(gi, gimon, workshop):
    deliver(gi)
    deliver(gi, organisation="rbv")
    rows = rows_of(export("csv", gimon.client(workshop.token("jb-noord"))))
    assert {row["organisatie"] for row in rows} == {"jb-noord"}


# ---- refusals ----


@pytest.mark.parametrize("kind", ["openmetrics", "csv"])
def test_refusals_leave_nothing_on_standard_output(letter, kind):
    unknown = run("export", kind, "--url", letter.address, "--monitor", "niets")
    away = run("export", kind, "--url", "unix:/nergens/gimon.sock", "--monitor", "gi")
    wrong = export(kind, letter, token="onzin")
    for done, code in ((unknown, 1), (away, 3), (wrong, 1)):
        assert (done.returncode, done.stdout) == (code, "")
        assert done.stderr.startswith(f"gimon export {kind}: ")


def test_csv_without_a_token_is_refused(letter):
    done = export("csv", letter)
    assert (done.returncode, done.stdout) == (1, "")
