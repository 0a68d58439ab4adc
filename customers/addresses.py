"""E-mail addresses by the million: which customers they are, which are new, which are none.

The rule is customers.identity.normalize_email. Only addresses that no customer has are looked at
at all; the plain ones among them are accepted by a pattern in the database that accepts less than
the rule does, and what it does not know goes through the rule itself.
"""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext_lazy as _

from customers.identity import LONGEST_EMAIL, LONGEST_LOCAL_PART, normalize_email
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
PLAIN = rf"^{ATOM}(?:\.{ATOM})*@(?:{LABEL}\.)+[a-z][a-z0-9]+$"
LONGEST_PLAIN_DOMAIN = 63

IS_PLAIN = (
    "email ~ %(plain)s AND length(email) <= %(longest)s"
    " AND strpos(email, '@') <= %(longest_local)s + 1"
    " AND length(email) - strpos(email, '@') <= %(longest_domain)s"
)


def trimmed_lower(column: str) -> str:
    """SQL for a cell trimmed and in lower case; `%(trimmed)s` is to be given the TRIMMED set."""
    return f"lower(btrim(coalesce({column}, ''), %(trimmed)s))"


def resolve_strangers(run: Run) -> None:
    """Make {strangers} (email, address, code) of the e-mails in {resolved} without a customer.

    `address` is the normalised address, `code` says why there is none. {resolved} needs email
    (trimmed, in lower case), customer_id and code (rows with a code are left alone).
    """
    run.make(
        "strangers",
        f"SELECT email, CASE WHEN {IS_PLAIN} THEN email END AS address,"
        " CASE WHEN strpos(email, '@') = 0 THEN 'email' END AS code"
        " FROM (SELECT DISTINCT email FROM {resolved}"
        " WHERE customer_id IS NULL AND code IS NULL) AS found",
        plain=PLAIN,
        longest=LONGEST_EMAIL,
        longest_local=LONGEST_LOCAL_PART,
        longest_domain=LONGEST_PLAIN_DOMAIN,
    )
    run.make("odd", "SELECT NULL::text AS email, NULL::text AS address, NULL::text AS code LIMIT 0")
    for slice_ in _unclear(run):
        with run.cursor.copy("COPY {odd} FROM STDIN".format(**run.tables)) as copy:
            for row in _judged(slice_):
                copy.write_row(row)
    run.execute(
        "UPDATE {strangers} AS s SET address = odd.address, code = odd.code"
        " FROM {odd} AS odd WHERE s.email = odd.email"
    )


def _unclear(run: Run) -> Iterator[list[str]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT email FROM {strangers} WHERE address IS NULL AND code IS NULL".format(
                **run.tables
            )
        )
        while rows := cursor.fetchmany(5000):
            yield [email for (email,) in rows]


def _judged(emails: Iterable[str]) -> Iterator[tuple[str, str | None, str | None]]:
    for email in emails:
        try:
            yield email, normalize_email(email), None
        except ValidationError as error:
            yield email, None, error.code


def hold_prospects(run: Run, *, to_forget: bool = False) -> None:
    """Keep prospects where they are until the run ends; who wants to forget some waits."""
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
            " SELECT DISTINCT address, true FROM {strangers} AS s"
            " WHERE code IS NULL AND NOT EXISTS"
            " (SELECT FROM customers_customer WHERE email = s.address)"
            " ORDER BY address ON CONFLICT (email) DO NOTHING RETURNING id)"
        ),
    )


def forget_prospects(run: Run, *, unless: str) -> None:
    """Delete the prospects that the job made, as far as they are still nothing more.

    `unless` is a subquery that finds what else needs `customer.id`.
    """
    run.execute(
        "DELETE FROM customers_customer AS customer"
        " USING imports_undorecord AS made, unnest(made.ids) AS made_id"
        " WHERE made.job_id = %(job)s AND made.part = 'prospects' AND customer.id = made_id"
        f" AND customer.is_prospect AND NOT EXISTS ({unless})",
        job=run.job.pk,
    )
