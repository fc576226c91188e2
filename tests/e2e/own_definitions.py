"""A copy of the definitions that a test may change while gimon runs."""

import shutil
import signal

from daemon import CONF
from polling import until


def copy_definitions(folder):
    """A copy of conf in that folder, without the examples."""
    copy = folder / "conf"
    shutil.copytree(CONF, copy, ignore=shutil.ignore_patterns("voorbeeld"))
    return copy


def replace_in(file, old, new, count=1):
    """Replaces what must be there; count -1 is everywhere."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, count), encoding="utf-8")


def reload_definitions(gimon, client, monitor="gi"):
    """SIGHUP after a change of the files; returns when the monitor has its new definition."""
    path = f"/v1/monitors/{monitor}"
    tag = client.get(path).headers["ETag"]
    gimon.signal(signal.SIGHUP)
    until(lambda: client.get(path).headers["ETag"] != tag, 30, "the new definition is in force")
