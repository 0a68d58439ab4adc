"""The import and export of members of customer groups by phone numbers, in sets of rows.

The database counts the members, as in customers/membership.py.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from customers.addresses import hold_prospects, judge
from customers.cells import unescaped
from customers.identity import TRIMMED, normalize_phone
from customers.models import CustomerGroup, GroupMember
from customers.phones import DIGITS, IS_POSSIBLE, make_lengths
from customers.references import declare
from imports.narrowing import NarrowedResource
from imports.registry import register
from imports.resources import Column, Text
from imports.runs import Run

BY_AUDIENCE = _("The group is whoever is in its audience: nobody is added to it.")

declare("customers_groupmember", "customer_id")


@register
class GroupMembers(NarrowedResource):
    slug = "group-members"
    title = _("Members of customer groups")
    description = _("Adds customers to customer groups by their phone numbers.")
    identity = _("Group and phone number together: a repeated line changes nothing.")
    permission = "customers.import_members"
    export_permission = "customers.export_members"
    option_names = ("group",)
    model = CustomerGroup
    name_field = "title"
    gone = _("There is no such group.")
    unknown = "unknown_group"
    left_out = _("May be left out: the group is chosen.")
    only = _("Only this group")
    only_help = _("The title of a group by phone numbers; empty for all of them.")
    example = (("Cake lovers", "380980000000"), ("Cake lovers", "+48 600-100-200"))
    reasons: ClassVar[dict[str, Text]] = {
        "unknown_group": _("No customer group has this title."),
        "audience_group": BY_AUDIENCE,
        "other_group": _("The line names another group than the one you import to."),
        "phone": _("This is not a phone number: 8 to 15 digits with the country code."),
        "phone_impossible": _("No country has such a phone number."),
        "unknown_customer": _("No customer has this phone number."),
    }

    group = Column("Group", required=True, help=_("The title of a group; capitals don't matter."))
    phone = Column(
        "Phone", required=True, help=_("With the country code. Spaces, dashes, + don't matter.")
    )

    def choices(self) -> QuerySet[CustomerGroup]:
        return CustomerGroup.objects.filter(type=CustomerGroup.Type.PHONES)

    def refuse(self, one: CustomerGroup) -> None:
        if one.audience_id:
            raise ValidationError(BY_AUDIENCE, code="audience_group")

    def export_rows(self, options: dict[str, Any]) -> QuerySet[Any, tuple[Any, ...]]:
        """In the order of an index, so that the first rows come at once."""
        members = GroupMember.objects.filter(customer__phone__isnull=False)
        if options:
            members = members.filter(group_id=options["group"])
        return members.order_by("customer_id", "group_id").values_list(
            "group__title", "customer__phone"
        )

    def check(self, run: Run) -> None:
        run.tell(str(_("Looking up groups and customers")), 0.4)
        # Whoever takes back an import of customers waits: it would delete whom we add.
        hold_prospects(run)
        title = str(self.describe(run.options))
        run.make("named", NAMED, trimmed=TRIMMED, chosen=run.options.get("group"), title=title)
        if not run.dry:
            run.execute(HOLD.format(ids="SELECT id FROM {named} WHERE code IS NULL"))
        _resolve(run, title)
        run.reject("SELECT line, code FROM {resolved} WHERE code IS NOT NULL")

    def preview(self, run: Run) -> None:
        run.tell(str(_("Comparing")), 0.7)
        (run.counts["created"],) = run.one(f"SELECT count(*) FROM ({NEW_PAIRS}) AS pair")

    def apply(self, run: Run) -> None:
        run.tell(str(_("Comparing")), 0.6)
        run.counts["created"] = run.make("pairs", f"{NEW_PAIRS} ORDER BY 1, 2", to_join=False)
        run.pour("pairs", "customers_groupmember (customer_id, group_id)", _("Adding members"), 0.7)
        run.remember(
            "joined", "SELECT group_id, array_agg(customer_id) FROM {pairs} GROUP BY group_id"
        )

    def undo(self, run: Run) -> None:
        run.tell(str(_("Removing members")), 0.1)
        run.make("made", f"{JOINED} WHERE job_id = %(job)s AND part = 'joined'", job=run.job.pk)
        run.execute(HOLD.format(ids="SELECT group_id FROM {made}"))
        run.make("later", f"{JOINED} {BY_LATER_IMPORTS}", job=run.job.pk)
        run.execute(TAKE_BACK)


def _resolve(run: Run, title: str) -> None:
    """Make {resolved} (line, group_id, customer_id, code: why the line is refused)."""
    make_lengths(run)
    run.make("cells", CELLS, trimmed=TRIMMED, title=title)
    run.make("odd", ODD)
    judge(run, "odd", normalize_phone, written="written", normal="normal")
    run.make("resolved", RESOLVED)


# Of a line that names no group, the one that was chosen.
GROUP = unescaped('"group"')
WRITTEN = f"coalesce(nullif(btrim({GROUP}, %(trimmed)s), ''), %(title)s)"

NAMED = (
    "SELECT written, g.id, CASE WHEN g.id IS NULL THEN 'unknown_group'"
    " WHEN g.audience_id IS NOT NULL THEN 'audience_group'"
    " WHEN g.id <> %(chosen)s::int THEN 'other_group' END AS code"
    f" FROM (SELECT DISTINCT {WRITTEN} AS written FROM {{rows}} AS rows) AS names"
    # In lower case as the unique index has it: other rules would part what it holds equal.
    " LEFT JOIN customers_customergroup AS g ON lower(g.title) = lower(written)"
)

HOLD = "SELECT FROM customers_customergroup WHERE id IN ({ids}) ORDER BY id FOR NO KEY UPDATE"

CELLS = (
    "SELECT line, named.id AS group_id, named.code,"
    f" btrim(coalesce({unescaped('phone')}, ''), %(trimmed)s) AS phone"
    f" FROM {{rows}} AS rows JOIN {{named}} AS named ON named.written = {WRITTEN}"
)

# What the table of lengths doesn't know goes through the rule.
POSSIBLE = IS_POSSIBLE.format(digits=DIGITS.format(column="phone"))
ODD = (
    "SELECT DISTINCT phone AS written, NULL::text AS normal, NULL::text AS code FROM {cells}"
    f" LEFT JOIN {{lengths}} AS possible ON {POSSIBLE} WHERE possible.prefix IS NULL"
)

RESOLVED = (
    "SELECT line, group_id, c.id AS customer_id, coalesce(cells.code, odd.code,"
    " CASE WHEN c.id IS NULL THEN 'unknown_customer' END) AS code FROM {cells} AS cells"
    " LEFT JOIN {odd} AS odd ON odd.written = cells.phone"
    " LEFT JOIN customers_customer AS c"
    f" ON c.phone = coalesce(odd.normal, {DIGITS.format(column='cells.phone')})"
)

NEW_PAIRS = (
    "SELECT DISTINCT customer_id, group_id FROM {resolved} AS pair WHERE code IS NULL"
    " AND NOT EXISTS (SELECT FROM customers_groupmember AS m"
    " WHERE m.customer_id = pair.customer_id AND m.group_id = pair.group_id)"
)

JOINED = "SELECT key::int AS group_id, unnest(ids) AS customer_id FROM imports_undorecord"

BY_LATER_IMPORTS = (
    "WHERE part = 'joined' AND id > (SELECT max(id) FROM imports_undorecord"
    " WHERE job_id = %(job)s) AND key IN (SELECT group_id FROM {made})"
)

# Who left and was added anew by a later import is that import's.
TAKE_BACK = (
    "DELETE FROM customers_groupmember AS m USING {made} AS made"
    " WHERE m.customer_id = made.customer_id AND m.group_id = made.group_id"
    " AND NOT EXISTS (SELECT FROM {later} AS later"
    " WHERE later.group_id = made.group_id AND later.customer_id = made.customer_id)"
)
