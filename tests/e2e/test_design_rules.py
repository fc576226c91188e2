"""The official rule set of the NL API Design Rules, held against the document that is served.

`./dev test` says where the rule set and its linter are, if they are at hand.
"""

import os
import shlex
import subprocess

import pytest


@pytest.mark.skipif("GIMON_SPECTRAL" not in os.environ, reason="./dev test runs this where it can")
def test_the_document_keeps_the_design_rules(gimon, tmp_path):
    """No errors and no warnings, nor hints."""
    place = tmp_path / "openapi.json"
    place.write_bytes(gimon.client().get("/v1/openapi.json").body)
    command = [*shlex.split(os.environ["GIMON_SPECTRAL"]), "lint", "--fail-severity", "hint",
               "--ruleset", os.environ["GIMON_ADR_RULES"], str(place)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
