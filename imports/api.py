"""The API of imports: the jobs of the Import page, for types that the key's maker may use."""

import datetime as dt
import uuid
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, File, Form, Header, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import WithJsonSchema, create_model

from imports import idempotency, jobs, registry
from imports.answers import Problem, problems
from imports.models import Job, Progress, State
from imports.reading import ENCODINGS
from imports.resources import BulkResource

router = Router(tags=["Imports"])
CONFIRMED = (State.APPLYING, State.DONE)
LONGEST_KEY = 255
# Written out in the description: other things have a state, too.
JobState = Annotated[State, WithJsonSchema({"type": "string", "enum": State.values})]


class Counts(Schema):
    created: int = Field(examples=[998_000])
    updated: int
    unchanged: int = Field(examples=[1_000])
    deleted: int
    rejected: int = Field(examples=[1_000])


class RejectReason(Schema):
    code: str = Field(examples=["email"])
    reason: str = Field(examples=["This is not an e-mail address."])
    count: int = Field(examples=[1_000])
    first_line: int = Field(examples=[17])


class JobOut(Schema):
    id: uuid.UUID
    type: str = Field(examples=["private-offer-emails"])
    state: JobState
    message: str = Field(description="Why the file was refused, if it was.")
    notes: list[str]
    progress: float = Field(description="Of the step under way, from 0 to 1.", examples=[0.4])
    counts: Counts = Field(description="Of a checked file: what applying it would do.")
    reasons: list[RejectReason]
    rejects: str | None = Field(description="Where the rejected lines are, if there are any.")
    created_at: dt.datetime
    finished_at: dt.datetime | None


class Upload(Schema):
    confirm: bool = Field(False, description="Apply at once what is right, without asking.")
    encoding: str = Field("", description="Of a text file; found out by itself if left out.")


def _options() -> type[Schema]:
    """A field for every option that a type of import takes."""
    names = sorted({name for kind in registry.importable() for name in kind.option_names})
    fields: dict[str, Any] = {
        name: (str, Field("", description="Narrows the import to this ID.")) for name in names
    }
    return create_model("UploadWithOptions", __base__=Upload, **fields)


UploadWithOptions: Any = _options()


@router.get("/{uuid:job}", response={200: JobOut, **problems(404)}, summary="State of an import")
def state(request: HttpRequest, job: uuid.UUID) -> dict[str, Any]:
    """How far it is, what it found and did. Ask again every second or so while it runs."""
    return _answer(request, _job(request, job))


@router.post(
    "/{uuid:job}/confirm",
    response={202: JobOut, **problems(404, 409)},
    summary="Apply a checked import",
)
def confirm(request: HttpRequest, job: uuid.UUID) -> Status[dict[str, Any]]:
    """Applies the good lines. Confirming twice does it once."""
    found = _job(request, job)
    if not jobs.confirm(found) and found.state not in CONFIRMED:
        raise Problem(409, "not_ready", f"The import can't be confirmed: it is {found.state}.")
    return Status(202, _answer(request, found))


@router.get(
    "/{uuid:job}/rejects",
    response=problems(404),
    summary="Rejected lines",
    openapi_extra={
        "responses": {200: {"description": "OK", "content": {"text/csv": {"schema": {}}}}}
    },
)
def rejects(request: HttpRequest, job: uuid.UUID) -> FileResponse:
    """The lines as they were, with their numbers and reasons; to be mended and sent again."""
    found = _job(request, job)
    if not found.rejects:
        raise Problem(404, "no_rejects", "No line was rejected, or the file has expired.")
    return FileResponse(found.rejects.open(), content_type="text/csv; charset=utf-8")


@router.post("/{type}", response={202: JobOut, **problems(404, 409, 422)}, summary="Import a file")
def start(
    request: Any,
    response: HttpResponse,
    type: str,
    upload: Form[UploadWithOptions],
    file: File[UploadedFile],
    idempotency_key: str | None = Header(None, alias="Idempotency-Key", max_length=LONGEST_KEY),
) -> Status[dict[str, Any]]:
    """The file is checked in the background; nothing changes before it is confirmed.

    With an `Idempotency-Key` the call can be repeated: it answers with the same import, or 409
    if anything in it differs.
    """
    kind = _kind(request, type)
    try:
        job = idempotency.start_once(
            caller=f"key:{request.auth.pk}",
            key=idempotency_key,
            type=type,
            user=request.auth.created_by,
            options=_chosen(kind, upload),
            file=file,
            encoding=_encoding(upload.encoding),
            confirmed=upload.confirm,
        )
    except ValidationError as error:
        code = getattr(error, "code", None) or "invalid"
        status = 409 if code == "public_offer" else 422
        raise Problem(status, code, error.messages[0]) from error
    response["Location"] = reverse("api:state", kwargs={"job": job.public_id})
    return Status(202, _answer(request, job))


def _kind(request: Any, type: str) -> BulkResource:
    kinds = {kind.slug: kind for kind in registry.importable()}
    if type not in kinds:
        known = ", ".join(sorted(kinds))
        raise Problem(404, "unknown_type", f"There is no such type of import. Known are {known}.")
    if not request.auth.created_by.has_perm(kinds[type].permission):
        raise Problem(403, "permission", "Whoever made this key may not import this.")
    return kinds[type]


def _chosen(kind: BulkResource, upload: Upload) -> dict[str, str]:
    options = upload.model_dump(exclude_unset=True, exclude=set(Upload.model_fields))
    for name in options.keys() - set(kind.option_names):
        raise Problem(422, "unknown_option", f"This type takes no option {name}.")
    return options


def _encoding(name: str) -> str:
    if name and name not in ENCODINGS:
        known = ", ".join(ENCODINGS)
        raise Problem(422, "unknown_encoding", f"Unknown encoding. Known are {known}.")
    return name


def _job(request: Any, public_id: uuid.UUID) -> Job:
    """A job of a type that the key's maker may use; raises Problem."""
    job = Job.objects.filter(public_id=public_id).first()
    if job is None or job.type not in registry.registered:
        raise Problem(404, "unknown_import", "There is no such import.")
    if not request.auth.created_by.has_perm(registry.get(job.type).permission):
        raise Problem(404, "unknown_import", "There is no such import.")
    return job


def _answer(request: HttpRequest, job: Job) -> dict[str, Any]:
    """The job as JobOut. One query."""
    address = reverse("api:rejects", kwargs={"job": job.public_id})
    done = {State.DONE: 1.0, State.UNDONE: 1.0}.get(State(job.state), 0.0)
    told = Progress.objects.filter(job=job).values_list("share", flat=True).first()
    return {
        "id": job.public_id,
        **{
            name: getattr(job, name)
            for name in (
                "type",
                "state",
                "message",
                "notes",
                "reasons",
                "created_at",
                "finished_at",
            )
        },
        "progress": done or told or 0.0,
        "counts": {name: getattr(job, name) for name in Counts.model_fields},
        "rejects": request.build_absolute_uri(address) if job.rejects else None,
    }
