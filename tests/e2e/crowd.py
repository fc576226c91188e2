"""A crowd that delivers and reads while something is killed, and what must hold of it after that."""

import threading
import time
from http.client import HTTPException

from daemon import SLOWNESS
from examples import ORGANISATIONS, PEILDATA, deliver, delivery_path, example, with_sick_days
from polling import until

PROMPT = 2 * SLOWNESS  # seconds: every request is answered within
FIGURES = "/v1/monitors/gi/reeksen"


class Deliverer(threading.Thread):
    """Keeps changing one delivery; remembers what was confirmed and whatever took too long."""

    def __init__(self, client, number):
        super().__init__(daemon=True)
        self.client = client
        self.organisation = ORGANISATIONS[number % len(ORGANISATIONS)]
        # Two peildata that are not next to each other, so that no jump is seen between them.
        self.peildatum = PEILDATA[-1] if number < len(ORGANISATIONS) else PEILDATA[0]
        self.confirmed = []
        self.refused = []
        self.faults = []
        self.ended = threading.Event()

    def run(self):
        delivery, days = example(self.peildatum, self.organisation), 0
        while not self.ended.is_set():
            days += 1
            begin = time.monotonic()
            try:
                answer = deliver(self.client, self.peildatum, self.organisation,
                                 with_sick_days(delivery, days))
                self.look_at(answer)
            except (OSError, HTTPException) as fault:
                self.refused.append((begin, fault))
            if time.monotonic() - begin > PROMPT:
                self.faults.append(f"answered after {time.monotonic() - begin:.1f} s")

    def look_at(self, answer):
        if answer.status in (200, 201):
            self.confirmed.append((answer.json()["kenmerk"], answer.json()["sha256"]))
        elif answer.status == 503 and answer.headers["Retry-After"]:
            self.refused.append((time.monotonic(), answer))
        else:
            self.faults.append(f"{answer.status} {answer.text}")


class Reader(threading.Thread):
    """Keeps reading figures; every answer is 200 and prompt."""

    def __init__(self, client):
        super().__init__(daemon=True)
        self.client = client
        self.count = 0
        self.faults = []
        self.ended = threading.Event()

    def run(self):
        while not self.ended.is_set():
            answer = self.client.get(FIGURES)
            self.count += 1
            if answer.status != 200 or answer.seconds > PROMPT:
                self.faults.append(f"{answer.status} after {answer.seconds:.1f} s: {answer.text[:200]}")


def end_all(threads):
    for thread in threads:
        thread.ended.set()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "a request hangs"
    faults = [fault for thread in threads for fault in thread.faults]
    assert not faults, faults[:5]


def each_confirms_more(deliverers):
    """Waits until every deliverer has had a confirmation from now on."""
    counts = [len(thread.confirmed) for thread in deliverers]
    until(lambda: all(len(thread.confirmed) > count for thread, count in zip(deliverers, counts)), 60,
          "every client has a delivery confirmed")


def each_is_refused_since(deliverers, moment):
    """Waits until every deliverer has been told 503 after that moment."""
    until(lambda: all(thread.refused and thread.refused[-1][0] > moment for thread in deliverers),
          PROMPT, "every client is told 503 soon after Redis died")


def confirmed_by(deliverers):
    """What was confirmed to any of them: (kenmerk, sha256)."""
    return [pair for thread in deliverers for pair in thread.confirmed]


def confirmed(answer):
    return answer if answer.status in (200, 201) else None


def assert_all_there(deliverers, log):
    stored = {(name, fields["sha256"]) for name, fields in log}
    pairs = confirmed_by(deliverers)
    assert pairs and not [pair for pair in pairs if pair not in stored]


def assert_answers_newest(client, log):
    """What is answered is the newest record of each delivery."""
    newest = {(fields["peildatum"], fields["organisatie"]): fields["sha256"]
              for _, fields in log if fields["soort"] == "aanlevering"}
    for (peildatum, organisation), digest in newest.items():
        answer = client.get(delivery_path(peildatum, organisation))
        assert answer.status == 200
        again = deliver(client, peildatum, organisation, answer.body)
        assert (again.json()["uitkomst"], again.json()["sha256"]) == ("ongewijzigd", digest)
