"""Customers as the cells of a file mention them: id:42, email:…, phone:…, external:…, or bare.

A bare e-mail or phone number is known by how it looks. As in all imports, only what is neither a
plain address nor a plain number is looked at in Python.
"""

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from customers.addresses import IS_PLAIN as IS_PLAIN_EMAIL
from customers.addresses import PLAIN_VALUES, REASONS, judge, trimmed_lower
from customers.identity import TRIMMED, normalize_email, normalize_phone
from customers.phones import DIGITS, IS_POSSIBLE, make_lengths
from imports.resources import Column
from imports.runs import Run

MENTION_REASONS = {
    **REASONS,
    "phone": _("This is not a phone number: 8 to 15 digits with the country code."),
    "phone_impossible": _("No country has such a phone number."),
    "no_customer": _("The line names no customer."),
    "address": _("Write id:42, email:…, phone:…, external:…, an e-mail or a phone number."),
    "unknown_customer": _("There is no such customer."),
}


def customer_column() -> Column:
    """The column `customer` of a file whose lines mention customers."""
    return Column(
        "Customer",
        required=True,
        help=_("id:42, email:…, phone:…, external:…, or simply an e-mail or a phone number."),
    )


def resolve_mentions(run: Run, of: str = "rows") -> None:
    """Make {mentions} of what the column `customer` of a table says.

    Its columns: written (as it stands, unique), customer_id, code (why there is none). Prospects
    are no customers.
    """
    make_lengths(run)
    run.define("mentioning", f"SELECT customer FROM {{{of}}} AS rows")
    run.make("mentioned", MENTIONED, trimmed=TRIMMED)
    run.make("emails", EMAILS, **PLAIN_VALUES)
    judge(run, "emails", normalize_email, written="written", normal="normal")
    run.make("phones", PHONES)
    judge(run, "phones", normalize_phone, written="written", normal="normal")
    run.make("mentions", MENTIONS)


def mention(customer: str = "customer") -> Case:
    """How an export mentions a related customer: by the first identity that there is."""
    identities = {"email": "email", "phone": "phone", "external": "external_id"}
    return Case(
        *(
            When(
                **{f"{customer}__{field}__isnull": False},
                then=Concat(Value(f"{kind}:"), f"{customer}__{field}"),
            )
            for kind, field in identities.items()
        ),
        default=Concat(Value("id:"), Cast(f"{customer}_id", CharField())),
        output_field=CharField(),
    )


KINDS = "('id', 'email', 'phone', 'external')"

# Rejects come back with an apostrophe before what a spreadsheet would take for a formula.
TRIMMED_CELL = (
    "SELECT customer AS written, CASE WHEN cell ^@ '''+' THEN substr(cell, 2) ELSE cell END AS cell"
    " FROM (SELECT DISTINCT customer, btrim(coalesce(customer, ''), %(trimmed)s) AS cell"
    " FROM {mentioning} AS rows) AS cells"
)

MENTIONED = (
    "SELECT written, kind, CASE kind WHEN 'email' THEN "
    + trimmed_lower("text")
    + " ELSE btrim(text, %(trimmed)s) END AS text FROM (SELECT written, CASE"
    f" WHEN prefix IN {KINDS} THEN prefix WHEN cell = '' THEN ''"
    " WHEN strpos(cell, '@') > 0 THEN 'email' WHEN cell ~ '^[0-9 +()-]+$' THEN 'phone' END AS kind,"
    f" CASE WHEN prefix IN {KINDS} THEN substr(cell, strpos(cell, ':') + 1) ELSE cell END AS text"
    " FROM (SELECT *, CASE WHEN strpos(cell, ':') > 0 THEN lower(split_part(cell, ':', 1)) END"
    f" AS prefix FROM ({TRIMMED_CELL}) AS trimmed) AS parted) AS named"
)

EMAILS = (
    f"SELECT email AS written, CASE WHEN {IS_PLAIN_EMAIL} THEN email END AS normal,"
    " NULL::text AS code"
    " FROM (SELECT DISTINCT text AS email FROM {mentioned} WHERE kind = 'email') AS texts"
)

PHONE_DIGITS = DIGITS.format(column="phone")

PHONES = (
    f"SELECT phone AS written, CASE WHEN possible.prefix IS NOT NULL THEN {PHONE_DIGITS} END"
    " AS normal, NULL::text AS code"
    " FROM (SELECT DISTINCT text AS phone FROM {mentioned} WHERE kind = 'phone') AS texts"
    f" LEFT JOIN {{lengths}} AS possible ON {IS_POSSIBLE.format(digits=PHONE_DIGITS)}"
)

MENTIONS = (
    "SELECT m.written, c.id AS customer_id, CASE WHEN m.kind = '' THEN 'no_customer'"
    " WHEN m.kind IS NULL OR m.kind = 'id' AND m.text !~ '^[0-9]{{1,10}}$' THEN 'address'"
    " WHEN e.code IS NOT NULL THEN e.code WHEN p.code IS NOT NULL THEN p.code"
    " WHEN c.id IS NULL THEN 'unknown_customer' END AS code FROM {mentioned} AS m"
    " LEFT JOIN {emails} AS e ON m.kind = 'email' AND e.written = m.text"
    " LEFT JOIN {phones} AS p ON m.kind = 'phone' AND p.written = m.text"
    " LEFT JOIN customers_customer AS by_id ON m.kind = 'id' AND by_id.id ="
    " CASE WHEN m.kind = 'id' AND m.text ~ '^[0-9]{{1,10}}$' THEN m.text::bigint END"
    " LEFT JOIN customers_customer AS by_email ON by_email.email = e.normal"
    " LEFT JOIN customers_customer AS by_phone ON by_phone.phone = p.normal"
    " LEFT JOIN customers_customer AS by_external"
    " ON m.kind = 'external' AND by_external.external_id = m.text"
    " LEFT JOIN customers_customer AS c ON NOT c.is_prospect"
    " AND c.id = coalesce(by_id.id, by_email.id, by_phone.id, by_external.id)"
)
