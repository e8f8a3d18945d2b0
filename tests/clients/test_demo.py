"""`polis demo` as the README says it: a server, a real client, a report about the text."""

import os
import subprocess
import sys

import pytest

from tests.clients.drive import ROOT

TEXT = "Our ferry to Hanko now sails at 7:40. Bring $5 and a bicycle; the café opens at 8."

pytestmark = pytest.mark.enable_socket


def test_a_demo_prints_a_report_about_the_text_it_was_given(tmp_path):
    polis = {name: value for name, value in os.environ.items() if not name.startswith("POLIS_")}
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "demo", "--text", TEXT, "--personas", "20"],
        cwd=ROOT, env={**polis, "POLIS_INSTANCE_DIR": str(tmp_path / "instance")},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    said = " ".join(done.stdout.split())
    assert "20/20" in said or "20 of 20" in said
    assert any(words in said for words in ("ferry", "Hanko", "bicycle", "café", "7:40"))
