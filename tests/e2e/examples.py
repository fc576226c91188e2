"""The example deliveries of conf/voorbeeld, and small ones for tests that need few."""

import copy
import json

from daemon import CONF

FOLDER = CONF / "voorbeeld" / "gi"
PEILDATA = ("2022-12-01", "2023-05-01", "2023-10-01", "2024-04-01", "2024-10-01")
ORGANISATIONS = tuple(sorted(path.stem for path in (FOLDER / PEILDATA[0]).glob("*.json")))

# What lies there of the other monitors: (monitor, peildatum, organisation), oldest first.
OTHERS = tuple(sorted((path.parts[-3], path.parts[-2], path.stem)
                      for path in (CONF / "voorbeeld").glob("*/*/*.json")
                      if path.parts[-3] != "gi"))


def delivery_path(peildatum, organisation):
    return f"/v1/monitors/gi/peildata/{peildatum}/aanleveringen/{organisation}"


def example_path(monitor, peildatum, organisation):
    """Where an example of any monitor goes, and what it says."""
    file = CONF / "voorbeeld" / monitor / peildatum / f"{organisation}.json"
    return (f"/v1/monitors/{monitor}/peildata/{peildatum}/aanleveringen/{organisation}",
            json.loads(file.read_text(encoding="utf-8")))


def example_file(peildatum, organisation):
    return FOLDER / peildatum / f"{organisation}.json"


def example(peildatum="2024-10-01", organisation="jb-noord"):
    return json.loads(example_file(peildatum, organisation).read_text(encoding="utf-8"))


def with_sick_days(delivery, days):
    """The same delivery with another number of sick days, which no check compares with what was."""
    changed = copy.deepcopy(delivery)
    changed["cijfers"]["verzuim"]["ziektedagen"] = days
    return changed


def deliver(client, peildatum="2024-10-01", organisation="jb-noord", delivery=None, **headers):
    """Delivers one example, or what is given in its place."""
    content = delivery or example_file(peildatum, organisation).read_bytes()
    return client.put_json(delivery_path(peildatum, organisation), content, **headers)


def deliver_all(client, peildata=PEILDATA):
    """Delivers everything, oldest peildatum first; every answer is 201 or 200."""
    answers = [deliver(client, peildatum, organisation)
               for peildatum in peildata for organisation in ORGANISATIONS]
    refused = [answer.text for answer in answers if answer.status not in (200, 201)]
    assert not refused, refused[0]
    return answers


def deliver_others(client):
    """Delivers everything of the other monitors."""
    answers = [client.put_json(*example_path(*other)) for other in OTHERS]
    refused = [answer.text for answer in answers if answer.status not in (200, 201)]
    assert not refused, refused[0]
    return answers
