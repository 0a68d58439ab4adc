"""The import and export of who is in fixed audiences. Sets of rows, as in every import.

A line names an audience and a customer. Only customers proper can be members: an address that
nobody has signed up with is refused, not kept.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from customers.addresses import hold_prospects
from customers.identity import TRIMMED
from customers.mentions import MENTION_REASONS, customer_column, mention, resolve_mentions
from customers.models import Audience, AudienceMember
from customers.references import declare
from imports.narrowing import NarrowedResource
from imports.registry import register
from imports.resources import Column, Text
from imports.runs import Run

declare("customers_audiencemember", "customer_id")


@register
class AudienceMembers(NarrowedResource):
    slug = "audience-members"
    title = _("Customers of fixed audiences")
    description = _(
        "Adds customers to audiences that are a fixed list. Make the audience first: it starts"
        " without anybody in it."
    )
    identity = _("Audience and customer together: a repeated line changes nothing.")
    permission = "customers.import_audience"
    export_permission = "customers.export_audience"
    option_names = ("audience",)
    model = Audience
    name_field = "name"
    gone = _("This audience does not exist any more.")
    unknown = "unknown_audience"
    left_out = _("May be left out: the audience is chosen.")
    only = _("Only this audience")
    only_help = _("The name of a fixed audience; empty for all of them.")
    example = (
        ("Test drivers", "email:ann@example.com"),
        ("Test drivers", "phone:+48 600 100 200"),
        ("Test drivers", "external:C-1001"),
    )
    reasons: ClassVar[dict[str, Text]] = {
        **MENTION_REASONS,
        "unknown_audience": _("No audience has this name."),
        "by_conditions": _("This audience has conditions, which decide who is in it."),
        "other_audience": _("The line names another audience than the one you import to."),
    }

    audience = Column("Audience", required=True, help=_("The name of a fixed audience."))
    customer = customer_column()

    def choices(self) -> QuerySet[Audience]:
        return Audience.objects.filter(kind=Audience.Kind.STATIC)

    def refuse(self, one: Audience) -> None:
        if one.is_dynamic:
            raise ValidationError(str(self.reasons["by_conditions"]), code="by_conditions")

    def export_rows(self, options: dict[str, Any]) -> QuerySet[Any, tuple[Any, ...]]:
        """Each customer by the first of e-mail, phone, external ID and id that there is."""
        members = AudienceMember.objects.order_by("customer_id", "audience_id")
        if options:
            members = members.filter(audience_id=options["audience"])
        return members.values_list("audience__name", mention())

    def check(self, run: Run) -> None:
        run.tell(str(_("Looking up customers and audiences")), 0.4)
        # Whoever takes back an import of customers waits: it would delete whom we add.
        hold_prospects(run)
        chosen, name = run.options.get("audience"), str(self.describe(run.options))
        run.make("named", NAMED, chosen=chosen, name=name, trimmed=TRIMMED)
        if not run.dry:
            # In the order of their ids, so that two imports never block each other.
            run.execute(LOCK_AUDIENCES)
        resolve_mentions(run)
        run.make("found", FOUND, name=name, trimmed=TRIMMED)
        run.reject("SELECT line, code FROM {found} WHERE code IS NOT NULL")

    def preview(self, run: Run) -> None:
        run.tell(str(_("Comparing")), 0.7)
        (run.counts["created"],) = run.one(f"SELECT count(*) FROM ({NEW_PAIRS}) AS pair")

    def apply(self, run: Run) -> None:
        run.tell(str(_("Adding customers")), 0.7)
        run.remember(
            "joined",
            "SELECT audience_id, array_agg(customer_id) FROM made GROUP BY audience_id",
            with_=(
                "made AS (INSERT INTO customers_audiencemember (customer_id, audience_id)"
                f" {NEW_PAIRS} ORDER BY 1, 2 ON CONFLICT DO NOTHING"
                " RETURNING customer_id, audience_id)"
            ),
        )
        (run.counts["created"],) = run.one(
            f"SELECT coalesce(sum(cardinality(ids)), 0) FROM {JOINED}", job=run.job.pk
        )

    def undo(self, run: Run) -> None:
        # An erasure waits: it locks audiences before the members that are taken back here.
        hold_prospects(run)
        run.execute(TAKE_BACK, job=run.job.pk)


JOINED = "imports_undorecord WHERE job_id = %(job)s AND part = 'joined'"

# Of a line that names no audience, the one that was chosen.
OR_CHOSEN = "coalesce(nullif(btrim(rows.audience, %(trimmed)s), ''), %(name)s, '')"

NAMED = (
    "SELECT written, a.id AS audience_id, CASE WHEN a.id IS NULL THEN 'unknown_audience'"
    " WHEN a.kind <> 'static' THEN 'by_conditions'"
    " WHEN a.id <> %(chosen)s::int THEN 'other_audience' END AS code"
    f" FROM (SELECT DISTINCT {OR_CHOSEN} AS written FROM {{rows}} AS rows) AS names"
    " LEFT JOIN customers_audience AS a ON lower(a.name) = lower(written)"
)

LOCK_AUDIENCES = (
    "SELECT FROM customers_audience WHERE id IN (SELECT audience_id FROM {named})"
    " ORDER BY id FOR NO KEY UPDATE"
)

FOUND = (
    "SELECT line, named.audience_id, m.customer_id, coalesce(named.code, m.code) AS code"
    f" FROM {{rows}} AS rows JOIN {{named}} AS named ON named.written = {OR_CHOSEN}"
    " JOIN {mentions} AS m ON m.written IS NOT DISTINCT FROM rows.customer"
)

NEW_PAIRS = (
    "SELECT DISTINCT customer_id, audience_id FROM {found} AS f WHERE code IS NULL"
    " AND NOT EXISTS (SELECT FROM customers_audiencemember AS m"
    " WHERE m.customer_id = f.customer_id AND m.audience_id = f.audience_id)"
)

TAKE_BACK = (
    "DELETE FROM customers_audiencemember AS m"
    f" USING (SELECT key, unnest(ids) AS customer_id FROM {JOINED}) AS made"
    " WHERE m.audience_id = made.key AND m.customer_id = made.customer_id"
)
