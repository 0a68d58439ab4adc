"""E-mail addresses by the million: which customers they are, which are new, which are none.

The rule is customers.identity.normalize_email. Only addresses that no customer has are looked at
at all; the plain ones among them are accepted by a pattern in the database that accepts less than
the rule does, and what it does not know goes through the rule itself.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from customers.identity import LONGEST_EMAIL, LONGEST_LOCAL_PART, TRIMMED, normalize_email
from customers.references import unreferenced
from imports.runs import Run

REASONS = {
    "email": _("This is not an e-mail address."),
    "email_local": _("The address has letters other than a–z before the @."),
    "email_length": _("The address is too long."),
    "email_lookalike": _("The domain mixes alphabets to look like another one."),
}

# Unambiguous and without bounded repetition, which costs PostgreSQL twenty times as much; so
# lengths are checked apart, and a domain of 63 characters has no label that is too long.
ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[a-z0-9]+(?:-+[a-z0-9]+)*"
PLAIN = rf"^{ATOM}(?:\.{ATOM})*@(?:{LABEL}\.)+[a-z][a-z]+$"
LONGEST_PLAIN_DOMAIN = 63

IS_PLAIN = (
    "email ~ %(plain)s AND length(email) <= %(longest)s"
    " AND strpos(email, '@') <= %(longest_local)s + 1"
    " AND length(email) - strpos(email, '@') <= %(longest_domain)s"
)
PLAIN_VALUES: dict[str, Any] = {
    "plain": PLAIN,
    "longest": LONGEST_EMAIL,
    "longest_local": LONGEST_LOCAL_PART,
    "longest_domain": LONGEST_PLAIN_DOMAIN,
}


def trimmed_lower(column: str) -> str:
    """SQL for a cell trimmed and in lower case; `%(trimmed)s` is to be given the TRIMMED set."""
    # PostgreSQL alone would make a plain i of the Turkish İ, and so another address.
    return f"lower(replace(btrim(coalesce({column}, ''), %(trimmed)s), 'İ', 'i̇'))"


def resolve_strangers(run: Run) -> None:
    """Make {strangers} (email, address, code) of the e-mails in {resolved} without a customer.

    `address` is the normalised address, `code` says why there is none. {resolved} needs email
    (as it is written), customer_id and code (rows with a code are left alone).
    """
    # Trimmed in a step of its own: in one, each mention of the address would be trimmed anew.
    run.make(
        "unknown",
        f"SELECT email AS written, {trimmed_lower('email')} AS email FROM"
        " (SELECT DISTINCT email FROM {resolved}"
        " WHERE customer_id IS NULL AND code IS NULL) AS found",
        trimmed=TRIMMED,
    )
    run.make(
        "strangers",
        f"SELECT written AS email, CASE WHEN {IS_PLAIN} THEN email END AS address,"
        " CASE WHEN strpos(email, '@') = 0 THEN 'email' END AS code FROM {unknown}",
        **PLAIN_VALUES,
    )
    judge(run, "strangers", normalize_email, written="email", normal="address")


def judge(run: Run, table: str, rule: Callable[[str], str], *, written: str, normal: str) -> None:
    """Have a rule of customers.identity fill in what a table lacks, in chunks.

    Rows in which `normal` and `code` are NULL get what the rule makes of `written`, or the code
    of its error. `written` is to be unique.
    """
    run.make(
        f"{table}_judged",
        "SELECT ''::text AS written, ''::text AS normal, ''::text AS code LIMIT 0",
    )
    for chunk in _unclear(run, table, written, normal):
        with run.cursor.copy(f"COPY {run.tables[f'{table}_judged']} FROM STDIN") as copy:
            for row in _judged(chunk, rule):
                copy.write_row(row)
    run.execute(
        f"UPDATE {{{table}}} AS t SET {normal} = j.normal, code = j.code"
        f" FROM {{{table}_judged}} AS j WHERE t.{written} = j.written"
    )


def _unclear(run: Run, table: str, written: str, normal: str) -> Iterator[list[str]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {written} FROM {run.tables[table]} WHERE {normal} IS NULL AND code IS NULL"
        )
        while rows := cursor.fetchmany(5000):
            yield [text for (text,) in rows]


def _judged(
    texts: Iterable[str], rule: Callable[[str], str]
) -> Iterator[tuple[str, str | None, str | None]]:
    for text in texts:
        try:
            yield text, rule(text), None
        except ValidationError as error:
            yield text, None, error.code


def hold_prospects(run: Run | CursorWrapper, *, to_forget: bool = False) -> None:
    """Keep prospects, and who is none, as they are until the transaction ends.

    Who wants to forget some, or to make some of customers, waits.
    """
    shared = "" if to_forget else "_shared"
    run.execute(f"SELECT pg_advisory_xact_lock{shared}(hashtext('customers.prospects'))")


def add_prospects(run: Run) -> None:
    """Make prospects of the addresses in {strangers} that no customer has, and remember them.

    Sorted, so that two imports of the same new addresses wait for each other instead of
    blocking each other.
    """
    run.remember(
        "prospects",
        "SELECT NULL::bigint, array_agg(id) FROM created HAVING count(*) > 0",
        with_=(
            "created AS (INSERT INTO customers_customer (email, is_prospect)"
            " SELECT DISTINCT address, true FROM {strangers}"
            " WHERE code IS NULL ORDER BY address ON CONFLICT (email) DO NOTHING RETURNING id)"
        ),
    )


def forget_prospects(run: Run) -> None:
    """Delete the prospects that the job made, as far as they are still nothing more."""
    run.execute(
        "DELETE FROM customers_customer AS customer"
        " USING imports_undorecord AS made, unnest(made.ids) AS made_id"
        " WHERE made.job_id = %(job)s AND made.part = 'prospects' AND customer.id = made_id"
        f" AND customer.is_prospect AND {unreferenced('customer')}",
        job=run.job.pk,
    )
