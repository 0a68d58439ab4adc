"""One cell: the request, and what came of it in the words of the tables."""

import re
from collections.abc import Iterable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from customers.models import User
from tests.config.matrix.askers import Askers
from tests.config.matrix.forms import sent_by
from tests.config.matrix.leaks import lacking, read_wrongly
from tests.config.matrix.tables import Row
from tests.config.matrix.world import World

# In a transaction, PostgreSQL counts what was tried even where it was taken back.
# (Not asked of pg_stat_xact_user_tables, which looks at all indexes of the catalogue as well.)
TRIED = """SELECT relname, tried FROM pg_class, LATERAL (
    SELECT pg_stat_get_xact_tuples_inserted(oid)
    + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)) AS of (tried)
    WHERE relkind IN ('r', 'p') AND relnamespace = current_schema::regnamespace AND tried > 0"""
UNCOUNTED = ("django_session", "cache")
SIGN_IN = ("/admin/login/", "/account/sign-in/")
HOMES = {True: "/admin/", False: "/account/offers/"}
"""Where staff and customers go who are signed in already."""


class Matrix:
    """Asks, and takes back what asking changed, so that every cell finds the same world."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.world = World()
        self.askers = Askers(self.world)
        self.client = Client()
        self.pages: dict[str, str] = {}
        self.forms: dict[str, dict[str, list[str]]] = {}
        for row in rows:  # Whoever asks must be there before the tests begin, each in its own
            for column in row.answers:  # transaction.
                self.askers.cookies(column, row)
                self.askers.headers(column, row)
                if "<own-" in row.route:
                    self.world.filled(row.route, self.askers.user(column, row))

    def answers(self, row: Row) -> dict[str, str]:
        return {column: self.answer(row, column) for column in row.answers}

    def answer(self, row: Row, column: str) -> str:
        """A word of the tables, or what is wrong."""
        user = self.askers.user(column, row)
        address = self.world.filled(row.route, user)
        body = self._body(row, address)
        cookies, headers = self.askers.cookies(column, row), self.askers.headers(column, row)
        with TakenBack():
            before = _tried()
            response = self._ask(row, cookies, headers, address, body)
            text = _text(response)
            if row.method == "GET" and column == "super" and not body:
                self._keep(address, response, text)
            touched = sorted(dict(_tried().items() - before.items()))
            after = _contents(touched)
        written = ", ".join(dict(after.items() - _contents(touched).items()))
        found = self._word(row, response, user)
        if written and not (row.writes and found == "ok"):
            return f"{found}, but wrote to {written}"
        if row.writes and found == "ok" and not written:
            found = "void"
        if shown := read_wrongly(text, row, column, user):
            return f"{found}, but shows {', '.join(shown)}"
        if found == "ok" and (missing := lacking(text, row, column)):
            return f"ok, but lacks {missing}"
        return found

    def _ask(self, row, cookies, headers, address: str, body: Any) -> HttpResponse:
        self.client.cookies = SimpleCookie(cookies)
        send = getattr(self.client, row.method.lower())
        if isinstance(body, str):
            return send(address + body, headers=headers)
        if row.method == "GET" or not _is_json(row, body):
            return send(address, body or {}, headers=headers)
        return send(address, body or {}, headers=headers, content_type="application/json")

    def _body(self, row: Row, address: str) -> Any:
        """What BODIES says; of a page with a form, on top of what that sends as it comes."""
        body = row.body(self.world) if callable(row.body) else row.body
        if row.method != "POST" or address.startswith("/api/"):
            return body
        return {**self._form(row, address), **(body or {})}

    def _form(self, row: Row, address: str) -> dict[str, list[str]]:
        """As a superuser sees it, so that a refusal is of what would have been good."""
        if address not in self.forms:
            if address not in self.pages:
                self.client.cookies = SimpleCookie(self.askers.cookies("super", row))
                with TakenBack():
                    response = self.client.get(address)
                    self._keep(address, response, _text(response))
            self.forms[address] = sent_by(self.pages.pop(address), address)
        return self.forms[address]

    def _keep(self, address: str, response: HttpResponse, text: str) -> None:
        """What a superuser is shown, for the row that posts what it holds."""
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        self.pages[address] = text if is_page else ""

    def _word(self, row: Row, response: HttpResponse, user: User | None) -> str:
        status = response.status_code
        if 300 <= status < 400:
            return self._where(row, response, user)
        return "ok" if 200 <= status < 300 and row.leads_to is None else str(status)

    def _where(self, row: Row, response: HttpResponse, user: User | None) -> str:
        location = response.headers["Location"]
        asked = response.request["PATH_INFO"]
        if response.request.get("QUERY_STRING"):
            asked = f"{asked}?{response.request['QUERY_STRING']}"
        if unquote(location) in (
            f"{SIGN_IN[0]}?next={asked}",
            f"{SIGN_IN[1]}?next={asked}",
            *SIGN_IN,
        ):
            return "sign"
        if user and not row.leads_to and location == HOMES[user.is_staff]:
            return "home"
        wanted = re.escape(self.world.filled(row.leads_to or "", user)).replace("<new>", r"\d+")
        return "ok" if re.fullmatch(wanted, location) else f"{response.status_code} to {location}"


class TakenBack(transaction.Atomic):
    """A savepoint that never stays; what insists on the outermost transaction is content."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)
        self._from_testcase = True

    def __exit__(self, *failure: Any) -> None:
        if not connection.needs_rollback:
            transaction.set_rollback(True)
        super().__exit__(*failure)


def _is_json(row: Row, body: Any) -> bool:
    return row.route.startswith("/api/") and not (isinstance(body, dict) and "file" in body)


def _tried() -> dict[str, int]:
    """How many rows of which tables were written in this transaction, whatever came of it."""
    with connection.cursor() as cursor:
        cursor.execute(TRIED)
        return {name: number for name, number in cursor.fetchall() if name not in UNCOUNTED}


def _contents(tables: list[str]) -> dict[str, str]:
    """What is in the tables, to be compared."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t'
            )
            (found[table],) = cursor.fetchone()
    return found


def _text(response: HttpResponse) -> str:
    if not response.streaming:
        return response.content.decode(errors="replace")
    return b"".join(response.streaming_content).decode(errors="replace")
