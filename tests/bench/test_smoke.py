"""The benchmarks still run: at a small scale, in a process and databases of their own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_benchmarks_run_at_a_small_scale():
    command = [sys.executable, "-m", "tests.bench", "--small"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("what ")
