"""The same request twice does its work once."""

import hashlib
import json
from collections.abc import Callable
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
    noted = _claim(caller, key, [type, options, encoding, confirmed, _digest(file)])
    if noted and noted.job:
        return noted.job
    job = jobs.start(
        type=type, user=user, options=options, file=file, encoding=encoding, confirmed=confirmed
    )
    if noted:
        IdempotencyKey.objects.filter(pk=noted.pk).update(job=job)
    return job


@transaction.atomic
def answer_once(*, caller: str, key: str | None, content: Any, work: Callable[[], Any]) -> Any:
    """What `work` returned to this caller for the key and the same content, or returns now.

    `content` and the answer are JSON, the answer without anything personal. Two at once wait for
    each other. Raises Problem if the content differs; what raises is not kept.
    """
    noted = _claim(caller, key, content)
    if noted and noted.answer is not None:
        return noted.answer
    answer = work()
    if noted:
        IdempotencyKey.objects.filter(pk=noted.pk).update(answer=answer)
    return answer


def _claim(caller: str, key: str | None, content: Any) -> IdempotencyKey | None:
    """The row of the key, ours until the transaction ends; who comes second waits here."""
    if key is None:
        return None
    if "\0" in key:
        raise Problem(422, "malformed", "Idempotency-Key: the null character can't be stored.")
    print_ = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    noted, new = IdempotencyKey.objects.get_or_create(
        caller=caller, key=key, defaults={"fingerprint": print_}
    )
    if not new and noted.fingerprint != print_:
        detail = "This Idempotency-Key was used for another request."
        raise Problem(409, "idempotency_key_reused", detail)
    return noted


def _digest(file: File) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
