"""A real Prometheus that scrapes a gimon with the configuration we ship."""

import http.client
import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import yaml

from daemon import ROOT
from polling import until

SHIPPED = ROOT / "grafana" / "prometheus"


def listening_port(pid):
    """The TCP port that a process listens on, as the kernel knows it; None if there is none yet."""
    sockets = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            sockets.add(os.readlink(entry))
        except OSError:
            continue
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            column = line.split()
            if column[3] == "0A" and f"socket:[{column[9]}]" in sockets:
                return int(column[1].rsplit(":", 1)[1], 16)
    return None


class Prometheus:
    """Scrapes `target` (host:port) with a token, often, and patiently: a late scrape would count as none."""

    def __init__(self, folder, target, token):
        self.folder = folder
        self.process = None
        self.port = None
        folder.mkdir()
        shutil.copy(SHIPPED / "gimon-alerts.yml", folder)
        (folder / "gimon-token").write_text(token, encoding="utf-8")
        config = yaml.safe_load((SHIPPED / "gimon.yml").read_text(encoding="utf-8"))
        config["global"] = {"scrape_interval": "2s", "scrape_timeout": "2s", "evaluation_interval": "2s"}
        config["scrape_configs"][0]["static_configs"][0]["targets"] = [target]
        (folder / "gimon.yml").write_text(yaml.safe_dump(config), encoding="utf-8")

    def start(self, *options):
        with open(self.folder / "prometheus.log", "wb") as log:
            self.process = subprocess.Popen(
                ["prometheus", "--config.file=gimon.yml", "--storage.tsdb.path=data",
                 "--web.listen-address=127.0.0.1:0", *options], cwd=self.folder, stdout=log, stderr=log)
        self.port = until(lambda: listening_port(self.process.pid), 60, "Prometheus listens")
        until(self.is_ready, 60, "Prometheus is ready")
        return self

    def stop(self):
        self.process.terminate()
        self.process.wait(60)

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def is_ready(self):
        try:
            return self.get("/-/ready")[0] == 200
        except OSError:
            return False

    def ask(self, expression, at=None):
        """The result of an instant query, now or at a time: a list of {metric, value}; NaN counts as nothing."""
        when = {} if at is None else {"time": at}
        status, body = self.get("/api/v1/query?" + urlencode({"query": expression, **when}))
        answer = json.loads(body)
        assert status == 200, (expression, answer)
        return [sample for sample in answer["data"]["result"] if sample["value"][1] != "NaN"]

    def value(self, expression):
        """The one value of an instant query, or None."""
        result = self.ask(expression)
        assert len(result) <= 1, expression
        return result[0]["value"][1] if result else None
