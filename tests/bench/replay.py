"""The statements of a request, to be sent again by a view that does nothing else.

Those of a request that writes are sent in a transaction that is not committed, since the same rows
can't be written twice; what committing costs, a row in a table of its own does.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customers.planned import PlannedCursor
from tests.bench.dataset import HOST

TABLE = "CREATE TABLE IF NOT EXISTS bench_replay (number int, statements text[], writes boolean)"
OF_TRANSACTIONS = re.compile(r"\b(?:BEGIN|COMMIT|(?:RELEASE )?SAVEPOINT)\b")
OF_ENTRIES = "entry_id IN (SELECT id FROM loyalty_entry WHERE purchase_id IS NOT NULL)"
OF_PURCHASES = {
    "loyalty_lotuse": OF_ENTRIES,
    "loyalty_lot": OF_ENTRIES,
    "loyalty_entry": "purchase_id IS NOT NULL",
    **dict.fromkeys(("loyalty_purchase", "loyalty_purchaseline", "loyalty_event"), "true"),
    **dict.fromkeys(("promotions_use", "loyalty_offeruse"), "true"),
}
WRITES = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM)\b")
_known: dict[int, tuple[list[str], bool]] = {}


def record(request: str) -> int:
    """Ask it once, in this process, and keep its statements under a number."""
    head, _, body = request.partition("\r\n\r\n")
    first, *headers = head.split("\r\n")
    method, path, _version = first.split(" ")
    sent = dict(line.split(": ", 1) for line in headers)
    client = Client(headers={"host": HOST, "authorization": sent["Authorization"]})
    call = getattr(client, method.lower())
    options = {"content_type": "application/json"} if body else {}
    if method == "GET":  # once without counting, so that everything is known
        call(path, **options)
    with CaptureQueriesContext(connection) as captured, _planned() as planned:
        answer = call(path, body or None, **options)
    if answer.status_code not in (200, 201):
        raise RuntimeError(f"the answer was {answer.content!r}")
    # Of statements that are planned ahead the log of queries knows only that there were some.
    statements = [each["sql"] or next(planned) for each in captured.captured_queries]
    if "receipt" in answer.json():
        forget_purchases()
    return _keep(statements)


def forget_purchases() -> None:
    """As if none had been, past all that keeps them: what is unique of them can't be sent again."""
    with connection.cursor() as cursor:
        for table, condition in OF_PURCHASES.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {table} WHERE {condition}")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@contextmanager
def _planned() -> Iterator[Iterator[str]]:
    """The texts of the statements that customers/planned.py sends, as they come."""
    texts: list[str] = []
    send = PlannedCursor.execute

    def execute(cursor: PlannedCursor, query: str, params: object = None, **more: object) -> object:
        texts.append(connection.ops.compose_sql(query, params))
        return send(cursor, query, params, **more)

    PlannedCursor.execute = execute  # type: ignore[method-assign, assignment]
    try:
        yield (text for text in texts)
    finally:
        PlannedCursor.execute = send  # type: ignore[method-assign]


def _keep(statements: list[str]) -> int:
    # What staff or a system does is noted before each statement that writes.
    asked = [each for each in statements if not OF_TRANSACTIONS.search(each)]
    writes = any(WRITES.search(each) for each in asked)
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_replayed (at timestamptz)")
        cursor.execute("SELECT count(*) FROM bench_replay")
        (number,) = cursor.fetchone()
        cursor.execute("INSERT INTO bench_replay VALUES (%s, %s, %s)", [number, asked, writes])
    return int(number)


def replay(request: HttpRequest, number: int) -> HttpResponse:
    statements, writes = _known.get(number) or _read(number)
    with connection.cursor() as cursor:
        if not writes:
            for statement in statements:
                cursor.execute(statement)
        else:
            with transaction.atomic():
                for statement in statements:
                    cursor.execute(statement)
                transaction.set_rollback(True)
            cursor.execute("INSERT INTO bench_replayed VALUES (now())")
    return HttpResponse(b"bytes")


def _read(number: int) -> tuple[list[str], bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statements, writes FROM bench_replay WHERE number = %s", [number])
        found = _known[number] = cursor.fetchone()
    return found
