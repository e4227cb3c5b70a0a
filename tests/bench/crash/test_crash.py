"""The harness itself, for a few seconds: three kills on each database."""

import os
import subprocess
import sys

import pytest


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_nothing_is_lost_doubled_or_stuck_after_a_few_kills(database):
    command = [sys.executable, "-m", "tests.bench.crash", "--database", database, "--kills", "3", "--pause", "0.4"]

    done = subprocess.run(command, capture_output=True, text=True, timeout=280, env=os.environ, check=False)

    assert (done.returncode, "lost 0, doubled 0, stuck 0, trail whole" in done.stdout) == (0, True), done.stdout + done.stderr
