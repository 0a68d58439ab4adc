"""Real processes that end, are killed, or have to take up new code."""

import os
import signal
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from config.companions import Companion, end, newest_change
from tests.patience import PATIENCE

LASTING = "import time; print('started', flush=True); time.sleep(600)"
DEAF = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "open({file!r}, 'w').close(); time.sleep(600)"
)


def companion(code: str, said: list[str]) -> Companion:
    return Companion("worker", [sys.executable, "-c", code], said.append)


def tended_until(one: Companion, happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        one.tend()
        time.sleep(0.02)


def test_a_process_that_ends_by_itself_is_started_again_after_a_pause_that_grows():
    said: list[str] = []
    one = companion("raise SystemExit(7)", said)
    tended_until(one, lambda: len(said) == 2)
    assert said == [
        "The worker ended (code 7); next start in 3 seconds.",
        "The worker ended (code 7); next start in 6 seconds.",
    ]


def test_new_code_starts_a_process_again_at_once_and_without_a_word():
    said: list[str] = []
    one = companion(LASTING, said)
    one.tend()
    first = one.process
    one.renew()
    tended_until(one, lambda: one.process is not first and one.is_running)
    end([one])
    assert (said, first.returncode) == ([], -signal.SIGTERM)


def test_a_process_that_does_not_listen_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("config.companions.PATIENCE", 0.2)
    file = tmp_path / "deaf"
    one = companion(DEAF.format(file=str(file)), [])
    tended_until(one, file.exists)
    end([one])
    assert one.process.returncode == -signal.SIGKILL


def test_changed_new_and_removed_code_is_noticed_and_nothing_else(tmp_path: Path):
    page, module = tmp_path / "page.html", tmp_path / "module.py"
    page.write_text("one")
    marks = [newest_change([tmp_path])]

    def mark() -> None:
        marks.append(newest_change([tmp_path]))

    (tmp_path / "notes.md").write_text("not code")
    mark()
    os.utime(page, (0, 4_000_000_000))  # as if changed later: clocks of files are coarse
    mark()
    module.write_text("")
    mark()
    module.unlink()
    mark()
    changed = [before != after for before, after in pairwise(marks)]
    assert changed == [False, True, True, True]
