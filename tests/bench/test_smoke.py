"""The benchmarks still run: at a small scale, in processes of their own."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NAMES = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_the_benchmark_runs_at_a_small_scale(name):
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--small", name],
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 2
