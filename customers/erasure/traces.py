"""What the frame around the customers keeps of a person: history, jobs, sessions, sign-ins."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from customers.erasure.person import Person
from customers.erasure.registry import undo_types
from customers.models import Customer, User
from customers.personal_data import EXPORT
from customers.sessions import SessionStore
from imports.runs import Run

AT_ONCE = 1000
URL = "metadata ->> 'url'"


def erase_undo_records(run: Run, person: Person) -> None:
    """Every undo goes on without them: nothing brings them back."""
    for number in person.ids:
        run.execute(FORGET, customer=number, types=sorted(undo_types))
    run.execute("DELETE FROM imports_undorecord WHERE cardinality(ids) = 0")


FORGET = (
    "UPDATE imports_undorecord AS record SET ids = array_remove(ids, %(customer)s::int),"
    " rows = rows - (array_position(ids, %(customer)s::int) - 1) FROM imports_job AS job"
    " WHERE job.id = record.job_id AND job.type = ANY(%(types)s)"
    " AND ids @> ARRAY[%(customer)s::int]"
)


def erase_log(run: Run, person: Person) -> None:
    """The admin's log about them; entries about others lose the words that name them."""
    for model, numbers in ((Customer, person.ids), (User, person.users)):
        about = ContentType.objects.get_for_model(model)
        LogEntry.objects.filter(content_type=about, object_id__in=map(str, numbers)).delete()
    for column in ("object_repr", "change_message"):
        condition = f" WHERE {_names(column)}"
        run.execute(f"UPDATE django_admin_log SET {column} = ''{condition}", texts=_texts(person))


def erase_contexts(run: Run, person: Person) -> None:
    """The history of other things forgets that they, or an address of theirs, stood behind it."""
    run.execute(
        "UPDATE pghistory_context SET metadata = metadata - 'url'"
        f" WHERE {_names(URL)} OR {URL} ~ ANY(%(paths)s::text[])",
        texts=_texts(person),
        paths=[rf"(/customer/|id:){number}(\D|$)" for number in person.ids],
    )
    run.execute(
        "UPDATE pghistory_context SET metadata = metadata - 'user'"
        " WHERE (metadata ->> 'user')::int = ANY(%(users)s)",
        users=list(person.users),
    )


def erase_records_of_jobs(run: Run, person: Person) -> None:
    """Exports keep who took what, and forget of whom; keys and tasks that name them go."""
    texts = _texts(person)
    run.execute(
        "UPDATE imports_export SET filters = '{{}}'"
        f" WHERE type = %(type)s AND (filters ->> 'customer')::int = ANY(%(ids)s)"
        f" OR {_names('filters::text')}",
        type=EXPORT,
        ids=list(person.ids),
        texts=texts,
    )
    run.execute(f"DELETE FROM imports_idempotencykey WHERE {_names('key')}", texts=texts)
    run.execute(
        f"DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND {_names('args::text')}",
        texts=texts,
    )


def erase_sign_ins(run: Run, person: Person) -> None:
    """Sessions, also those that wait for a code, and the counts of codes asked for."""
    for batch in _sessions():
        theirs = [key for key, data in batch if _is_theirs(data, person)]
        Session.objects.filter(session_key__in=theirs).delete()
    hashes = [hashlib.sha256(email.encode()).hexdigest() for email in person.emails]
    run.execute(
        f"DELETE FROM {settings.CACHES['default']['LOCATION']}"
        " WHERE string_to_array(cache_key, ':') && %(hashes)s::text[]",
        hashes=hashes,
    )


def _sessions() -> Iterator[list[tuple[str, dict[str, Any]]]]:
    last = ""
    while rows := list(
        Session.objects.filter(session_key__gt=last)
        .order_by("session_key")
        .values_list("session_key", "session_data")[:AT_ONCE]
    ):
        last = rows[-1][0]
        yield [(key, SessionStore().decode(data)) for key, data in rows]


def _is_theirs(data: dict[str, Any], person: Person) -> bool:
    if data.get("_auth_user_id") in [str(number) for number in person.users]:
        return True
    text = json.dumps(data, ensure_ascii=False, default=str).lower()
    return any(email in text for email in person.emails)


def _names(column: str) -> str:
    """SQL: whether a text holds an e-mail or a phone number of theirs."""
    return (
        "EXISTS (SELECT FROM unnest(%(texts)s::text[]) AS own"
        f" WHERE strpos(lower({column}), own) > 0)"
    )


def _texts(person: Person) -> list[str]:
    return sorted(person.emails | person.phones)
