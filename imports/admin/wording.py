"""Jobs in words: what each is about, how it stands, what it found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext_lazy

from imports import registry
from imports.models import Job, State

SIGNS = {
    State.CHECKING: "hourglass_top",
    State.READY: "pending_actions",
    State.APPLYING: "sync",
    State.DONE: "check_circle",
    State.REFUSED: "block",
    State.FAILED: "error",
    State.CANCELLED: "cancel",
    State.UNDOING: "undo",
    State.UNDONE: "history",
}
HEADLINES: dict[State, str | Promise] = {
    State.CHECKING: gettext_lazy("The file is being checked"),
    State.READY: gettext_lazy("Checked. Nothing has been changed yet"),
    State.APPLYING: gettext_lazy("The rows are being imported"),
    State.DONE: gettext_lazy("Imported"),
    State.REFUSED: gettext_lazy("Refused. Nothing was changed"),
    State.FAILED: gettext_lazy("Failed. Nothing was changed"),
    State.CANCELLED: gettext_lazy("Cancelled. Nothing was changed"),
    State.UNDOING: gettext_lazy("The import is being undone"),
    State.UNDONE: gettext_lazy("Undone. The import has no effect any more"),
}
WITHOUT_FILE: dict[State, str | Promise] = {
    State.APPLYING: gettext_lazy("The rows are being deleted"),
    State.UNDOING: gettext_lazy("The rows are being put back"),
    State.UNDONE: gettext_lazy("Undone. The rows are back"),
}
# Said after a number of rows, by which other languages bend them.
TOLD = {
    "created": npgettext_lazy("rows", "created", "created"),
    "updated": npgettext_lazy("rows", "updated", "updated"),
    "deleted": npgettext_lazy("rows", "deleted", "deleted"),
    "unchanged": npgettext_lazy("rows", "unchanged", "unchanged"),
    "rejected": npgettext_lazy("rows", "rejected", "rejected"),
}
FORETOLD = TOLD | {
    "created": npgettext_lazy("rows", "will be created", "will be created"),
    "updated": npgettext_lazy("rows", "will be updated", "will be updated"),
    "unchanged": npgettext_lazy("rows", "are there already", "are there already"),
    "rejected": npgettext_lazy("rows", "rejected, will be left out", "rejected, will be left out"),
}
COUNTED_STATES = {State.READY, State.APPLYING, State.DONE, State.UNDOING, State.UNDONE}


@dataclass(frozen=True)
class Part:
    """A share of the file's rows that fared alike."""

    name: str
    label: str
    count: int


def label(jobs: Iterable[Job]) -> None:
    """Give each job its `kind` and `sign`, and `about` for what its options narrow it to.

    As many queries as there are types among them.
    """
    by_type: dict[str, list[Job]] = {}
    for job in jobs:
        by_type.setdefault(job.type, []).append(job)
    for slug, alike in by_type.items():
        kind = registry.get(slug)
        abouts = kind.describe_all([job.options for job in alike])
        for job, about in zip(alike, abouts, strict=True):
            job.kind, job.about = kind, about  # type: ignore[attr-defined]
            job.sign = SIGNS[State(job.state)]  # type: ignore[attr-defined]


def headline(job: Job, kind: Any) -> str:
    state = State(job.state)
    if state in kind.headlines:
        return str(kind.headlines[state])
    if kind.takes_file:
        return str(HEADLINES[state])
    if state == State.DONE:
        return str(kind.deleted_text % job.deleted)
    return str(WITHOUT_FILE.get(state, HEADLINES[state]))


def parts(job: Any) -> list[Part]:
    """How the rows of a checked or applied job fared; nothing of one that changed nothing."""
    if job.state not in COUNTED_STATES:
        return []
    words = FORETOLD if job.state == State.READY else TOLD
    counts = {name: getattr(job, name) for name in words}
    counted = [Part(name, words[name] % count, count) for name, count in counts.items()]
    return [part for part in counted if part.count or (part.name == "created" and job.file_name)]


def result(job: Job) -> str:
    """The counts in a line."""
    told = [
        f"{number_format(part.count, force_grouping=True)} {TOLD[part.name] % part.count}"
        for part in parts(job)
        if part.count
    ]
    return ", ".join(told) or (_("nothing") if job.state == State.DONE else "–")
