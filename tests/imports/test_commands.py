"""`manage.py import` and `manage.py export`, as processes with real files (T34, T36)."""

import io
import json
import os
import pty
import re
import signal
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from imports import jobs, worker
from imports.models import Export, Job, State
from offers.models import Assignment
from tests.factories import make_customer, make_offer
from tests.patience import PATIENCE
from tests.processes import MANAGE, environment

pytestmark = pytest.mark.django_db(transaction=True)

TYPE = "private-offer-emails"
GOOD = b"Email,Offer ID\nann@example.com,cakes\nbob@example.com,cakes\n"
MIXED = GOOD + b"nobody,cakes\n"
BAD = b"Name\nAnn\n"


def run(*arguments: str, sent: bytes | None = None, folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*MANAGE, *arguments],
        env=environment(folder),
        input=sent,
        stdin=None if sent is not None else subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


def imported(file: Path, *arguments: str) -> int:
    """The exit code of an import in this process."""
    try:
        call_command("import", TYPE, str(file), "--yes", *arguments)
    except SystemExit as end:
        return end.code
    return 0


@pytest.fixture
def file(tmp_path: Path):
    def write(data: bytes, name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize(
    ("data", "code", "assigned"), [(GOOD, 0, 2), (MIXED, 1, 2), (BAD, 2, 0), (b"", 2, 0)]
)
def test_the_exit_code_says_how_it_went_T34(file, data, code, assigned):
    make_offer(name="cakes")
    assert imported(file(data)) == code
    assert Assignment.objects.count() == assigned


def test_an_import_from_a_pipe_reports_in_words_and_can_be_undone_T34(tmp_path):
    make_offer(name="cakes")
    out = tmp_path / "rejects.csv"
    done = run("import", TYPE, "-", "--yes", "--rejects", str(out), sent=MIXED, folder=tmp_path)
    assert done.returncode == 1, done.stderr
    job = Job.objects.get()
    assert done.stdout.decode().splitlines() == [
        f"Import {job.pk}: Done.",
        "           2 created",
        "           0 updated",
        "           0 unchanged",
        "           1 rejected",
        "           1 × This is not an e-mail address. First in line 4.",
    ]
    assert b"\r" not in done.stderr
    assert out.read_text().splitlines() == [
        "Email,Offer ID,Line,Reason",
        "nobody,cakes,4,This is not an e-mail address.",
    ]
    assert (job.state, job.user, job.file_name) == (State.DONE, None, "stdin")
    jobs.undo(job, in_background=False)
    worker.undo(job.pk)
    assert Assignment.objects.count() == 0


def test_a_report_as_json_is_all_that_is_on_stdout_T34(file, capsys):
    make_offer(name="cakes")
    imported(file(MIXED), "--json")
    told = json.loads(capsys.readouterr().out)
    reason = {
        "code": "email",
        "reason": "This is not an e-mail address.",
        "count": 1,
        "first_line": 4,
    }
    counts = {"created": 2, "updated": 0, "unchanged": 0, "rejected": 1}
    assert told == {
        "job": Job.objects.get().pk,
        "type": TYPE,
        "state": "done",
        "message": "",
        **counts,
        "reasons": [reason],
        "notes": [],
    }


def test_a_dry_run_changes_nothing_and_says_the_same_T34(file, capsys):
    make_offer(name="cakes")
    assert imported(file(MIXED), "--dry-run") == 1
    assert "           2 created" in capsys.readouterr().out
    assert Assignment.objects.count() == 0
    assert Job.objects.get().state == State.CANCELLED


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing", "x.csv"], "There is no type 'nothing'. There are: "),
        ([TYPE], "Name a file, or - to read from stdin."),
        ([TYPE, "missing.csv", "--yes"], "missing.csv cannot be read: No such file or directory."),
        ([TYPE, ".", "--yes"], ". cannot be read: Is a directory."),
        ([TYPE, "-"], "Nobody can be asked here: add --yes to import, or --dry-run"),
    ],
)
def test_what_cannot_be_begun_says_what_to_do_and_does_nothing(arguments, message, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("import", *arguments)
    assert end.value.code == 2
    assert message in capsys.readouterr().err
    assert not Job.objects.exists()


def test_rejects_that_cannot_be_written_are_said_before_anything_is_done(file, capsys):
    make_offer(name="cakes")
    assert imported(file(MIXED), "--rejects", "/nowhere/rejects.csv") == 2
    assert "/nowhere/rejects.csv cannot be written" in capsys.readouterr().err
    assert Assignment.objects.count() == 0


def test_the_list_names_types_and_columns(capsys):
    call_command("import", "--list")
    told = capsys.readouterr().out.splitlines()
    at = told.index(TYPE)
    assert told[at + 1 : at + 3] == [
        "    Customer private offer: Assigns e-mail addresses to private offers.",
        "    Email, Offer ID",
    ]


@pytest.mark.parametrize(("answer", "code", "assigned"), [("y", 0, 2), ("n", 2, 0)])
def test_on_a_terminal_it_shows_the_difference_and_asks(file, tmp_path, answer, code, assigned):
    make_offer(name="cakes")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*MANAGE, "import", TYPE, str(file(GOOD))],
        env=environment(tmp_path),
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    told = ""
    while "Import? [y/N]" not in told and process.poll() is None:
        told += os.read(ours, 1000).decode()
    assert re.search(r"2 created", told)
    assert "%" in told
    os.write(ours, f"{answer}\n".encode())
    process.communicate(timeout=PATIENCE)
    os.close(ours)
    assert (process.returncode, Assignment.objects.count()) == (code, assigned)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_import_that_is_stopped_in_the_middle_leaves_nothing(file, tmp_path, sign):
    make_offer(name="cakes")
    with transaction.atomic(), connection.cursor() as cursor:
        # The import comes as far as the table of assignments, and waits there.
        cursor.execute("LOCK TABLE offers_assignment IN SHARE ROW EXCLUSIVE MODE")
        process = subprocess.Popen(
            [*MANAGE, "import", TYPE, str(file(GOOD)), "--yes"],
            env=environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
        while not cursor.execute(waiting, ["offers_assignment"]).fetchone()[0]:
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.05)
        process.send_signal(sign)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (2, b"")
    assert err.decode().strip() == "Stopped. Nothing was changed."
    job = Job.objects.get()
    assert job.state == State.CANCELLED
    assert job.message == "The command was stopped. Nothing was changed."
    assert Assignment.objects.count() == 0


def test_an_export_goes_to_stdout_or_to_a_file_and_is_recorded_T36(tmp_path):
    offer = make_offer(name="cakes")
    Assignment.objects.create(customer=make_customer("ann@example.com"), offer=offer)
    piped = run("export", TYPE, folder=tmp_path)
    assert (piped.returncode, piped.stdout) == (0, b"Email,Offer ID\r\nann@example.com,cakes\r\n")
    for name, begins in (("all.csv", b"Email,"), ("all.xlsx", b"PK")):
        call_command("export", TYPE, str(tmp_path / name), stderr=io.StringIO())
        assert (tmp_path / name).read_bytes().startswith(begins)
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert zipfile.is_zipfile(tmp_path / "all.xlsx")
    records = Export.objects.order_by("pk").values_list("type", "format", "rows", "user")
    assert list(records) == [
        (TYPE, "csv", 1, None),
        (TYPE, "csv", 1, None),
        (TYPE, "xlsx", 1, None),
    ]


def test_an_export_that_cannot_be_made_says_so(tmp_path):
    with pytest.raises(CommandError, match=r"There is no type 'nothing'\. There are: "):
        call_command("export", "nothing")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export", TYPE, str(tmp_path / "missing" / "all.csv"))
    assert [record.rows for record in Export.objects.all()] == [None]
