import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import storages
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


def private_storage():
    return storages["private"]


def upload_path(job: "Job", filename: str) -> str:
    """Where a job's file is kept: under the job, never under a name that a person chose."""
    return f"jobs/{job.public_id}/upload"


def rejects_path(job: "Job", filename: str) -> str:
    return f"jobs/{job.public_id}/rejects.csv"


class State(models.TextChoices):
    CHECKING = "checking", _("Checking")
    READY = "ready", _("Waits for confirmation")
    APPLYING = "applying", _("Being applied")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


RUNNING = [State.CHECKING, State.APPLYING, State.UNDOING]


class Job(models.Model):
    """One import (or another change of many rows): its file, what it found, what it did.

    The row is locked by whoever works on it and its state changes in the transaction that
    changes the data, so that state and data always agree; progress stands in a row of its own.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    type = models.CharField(_("type"), max_length=50)
    options = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.CHECKING)
    message = models.TextField(_("message"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    file = models.FileField(_("file"), storage=private_storage, upload_to=upload_path, blank=True)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=10, default="en")
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    notes = models.JSONField(default=list, blank=True)
    # Applied as soon as it is checked: whoever started it asked not to be asked.
    confirmed = models.BooleanField(default=False, db_default=False)

    created = models.PositiveIntegerField(_("created rows"), default=0)
    updated = models.PositiveIntegerField(_("updated rows"), default=0)
    deleted = models.PositiveIntegerField(_("deleted rows"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged rows"), default=0)
    rejected = models.PositiveIntegerField(_("rejected rows"), default=0)
    # [{"code": …, "reason": …, "count": …, "first_line": …}], the most frequent first
    reasons = models.JSONField(default=list, blank=True)
    rejects = models.FileField(storage=private_storage, upload_to=rejects_path, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.type} #{self.pk}"

    @property
    def total(self) -> int:
        return self.created + self.updated + self.deleted + self.unchanged + self.rejected

    @property
    def can_be_undone(self) -> bool:
        """Whether it was done, changed anything, and what it changed is still on record."""
        return self.state == State.DONE and self.undo_records.exists()


class Progress(models.Model):
    """How far a running job is. Written outside the job's transaction, so that others see it."""

    job = models.OneToOneField(Job, models.CASCADE, primary_key=True)
    step = models.CharField(max_length=100)
    share = models.FloatField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.step} {self.share:.0%}"


class UndoRecord(models.Model):
    """A slice of what a job changed, enough to take it back. The importer knows the meaning."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="undo_records")
    part = models.CharField(max_length=30)
    key = models.BigIntegerField(null=True)
    ids = ArrayField(models.IntegerField(), null=True)
    rows = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.job_id} {self.part}"


class IdempotencyKey(models.Model):
    """What a caller of the API has asked for by a key, so that asking again does nothing new.

    It led to a job or to an answer, which has ids, statuses and codes in it and nothing personal.
    """

    caller = models.CharField(max_length=50)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    job = models.ForeignKey(Job, models.CASCADE, null=True, related_name="+")
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caller", "key"], name="idempotency_key_of_caller")
        ]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"


class Export(models.Model):
    """The record of an export: who took what out, and when."""

    type = models.CharField(_("type"), max_length=50)
    filters = models.JSONField(_("filters"), default=dict, blank=True)
    format = models.CharField(_("format"), max_length=4)
    rows = models.PositiveBigIntegerField(_("rows"), null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("exported by"),
    )
    created_at = models.DateTimeField(_("exported"), auto_now_add=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.type} {self.created_at:%Y-%m-%d %H:%M}"
