"""The same request twice starts one job."""

import hashlib
import json
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files import File
from django.db import transaction

from imports import jobs
from imports.answers import Problem
from imports.models import IdempotencyKey, Job


@transaction.atomic
def start_once(
    *,
    caller: str,
    key: str | None,
    type: str,
    user: AbstractBaseUser,
    options: dict[str, Any],
    file: File,
    encoding: str,
    confirmed: bool,
) -> Job:
    """Start a job, or find the one that this caller started with the key and the same content.

    Two at once wait for each other. Raises Problem if the content differs, and what
    `jobs.start` raises.
    """
    content = [type, options, encoding, confirmed, _digest(file)]
    print_ = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    if key is not None:
        # The row is ours until the transaction ends; who comes second waits in this statement.
        noted, new = IdempotencyKey.objects.get_or_create(
            caller=caller, key=key, defaults={"fingerprint": print_}
        )
        if not new and noted.fingerprint != print_:
            detail = "This Idempotency-Key was used for another request."
            raise Problem(409, "idempotency_key_reused", detail)
        if noted.job:
            return noted.job
    job = jobs.start(
        type=type, user=user, options=options, file=file, encoding=encoding, confirmed=confirmed
    )
    if key is not None:
        IdempotencyKey.objects.filter(pk=noted.pk).update(job=job)
    return job


def _digest(file: File) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
