"""The import of e-mail addresses to private offers, and its counterpart that withdraws them all.

Sets of rows, not rows: a million lines cost a few joins. Addresses are resolved once to integer
customer ids; what no customer has becomes a prospect, an address that waits for its owner.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from customers.addresses import (
    REASONS,
    add_prospects,
    forget_prospects,
    hold_prospects,
)
from customers.references import declare
from imports.narrowing import ChangeOfOne, NarrowedResource
from imports.registry import register
from imports.resources import Column, Text
from imports.runs import Run
from offers.counting import change_counts
from offers.matching import count_new_pairs, make_new_pairs, match_lines
from offers.models import Assignment, PrivateOffer
from offers.takeover import MOVE_ASSIGNMENTS

declare("offers_assignment", "customer_id", move=MOVE_ASSIGNMENTS)


class ForOffer(ChangeOfOne):
    """A change to the e-mails of one offer, named by the option `offer` (its id)."""

    option_names = ("offer",)
    model = PrivateOffer
    name_field = "name"
    gone = _("This offer does not exist any more.")

    def refuse(self, one: PrivateOffer) -> None:
        if one.is_public:
            raise ValidationError(_("A public offer takes no e-mails."), code="public_offer")


@register
class PrivateOfferEmails(ForOffer, NarrowedResource):
    slug = "private-offer-emails"
    title = _("Customer private offer")
    description = _("Assigns e-mail addresses to private offers.")
    identity = _("E-mail and offer together: a repeated line changes nothing.")
    permission = "offers.import_assignments"
    export_permission = "offers.export_assignments"
    unknown = "unknown_offer"
    left_out = _("May be left out: the offer is chosen.")
    only = _("Only this offer")
    only_help = _("The system name of a private offer; empty for all offers.")
    example = (("ann@example.com", "birthday-cakes"), ("jan@example.com", "birthday-cakes"))
    reasons: ClassVar[dict[str, Text]] = {
        **REASONS,
        "unknown_offer": _("No private offer has this system name."),
        "public_offer": _("The offer is public: every customer sees it, it takes no e-mails."),
        "other_offer": _("The line names another offer than the one you import to."),
    }

    email = Column("Email", required=True, help=_("The customer's e-mail address."))
    offer = Column("Offer ID", required=True, help=_("The system name of the private offer."))

    def choices(self) -> QuerySet[PrivateOffer]:
        return PrivateOffer.objects.filter(is_public=False)

    def export_rows(self, options: dict[str, Any]) -> QuerySet[Any, tuple[Any, ...]]:
        """In the order of the primary key, so that the first rows come at once."""
        pairs = Assignment.objects.filter(customer__email__isnull=False, offer__is_public=False)
        if options:
            pairs = pairs.filter(offer_id=options["offer"])
        return pairs.order_by("customer_id", "offer_id").values_list(
            "customer__email", "offer__name"
        )

    def check(self, run: Run) -> None:
        run.tell(str(_("Looking up addresses and offers")), 0.4)
        hold_prospects(run)
        match_lines(run, offer=run.options.get("offer"), name=str(self.describe(run.options)))

    def preview(self, run: Run) -> None:
        run.tell(str(_("Comparing")), 0.7)
        run.counts["created"] = count_new_pairs(run)

    def apply(self, run: Run) -> None:
        run.tell(str(_("Adding new addresses")), 0.6)
        add_prospects(run)
        # Nobody else adds pairs from here on, so that ours can be put in without asking again.
        run.execute("LOCK TABLE offers_assignment IN SHARE ROW EXCLUSIVE MODE")
        run.tell(str(_("Comparing")), 0.65)
        run.counts["created"] = make_new_pairs(run)
        run.pour("pairs", "offers_assignment (customer_id, offer_id)", _("Assigning"), 0.75)
        run.remember(
            "assigned", "SELECT offer_id, array_agg(customer_id) FROM {pairs} GROUP BY offer_id"
        )
        change_counts(
            run,
            "SELECT key, cardinality(ids) FROM imports_undorecord"
            " WHERE job_id = %(job)s AND part = 'assigned'",
            job=run.job.pk,
        )

    def undo(self, run: Run) -> None:
        hold_prospects(run, to_forget=True)
        # Tables of their own, so that the planner knows how many rows are in the arrays.
        run.make("made", f"{ASSIGNED} WHERE job_id = %(job)s AND part = 'assigned'", job=run.job.pk)
        run.make("later", f"{ASSIGNED} {BY_LATER_IMPORTS}", job=run.job.pk)
        run.make("gone", "SELECT 0 AS offer_id, 0 AS number LIMIT 0")
        run.execute(TAKE_BACK)
        change_counts(run, "SELECT offer_id, number FROM {gone}")
        forget_prospects(run)


@register
class PrivateOfferEmailsWithdrawal(ForOffer):
    slug = "private-offer-emails-withdrawal"
    title = _("Delete emails of a private offer")
    permission = "offers.withdraw_assignments"
    deleted_text = ngettext_lazy("%d e-mail deleted", "%d e-mails deleted")
    undo_text = _("All e-mails that this deleted are assigned to the offer again.")

    def apply(self, run: Run) -> None:
        offer = run.options["offer"]
        run.tell(str(_("Deleting e-mails")), 0.1)
        run.remember(
            "withdrawn",
            "SELECT %(offer)s::bigint, array_agg(customer_id) FROM gone HAVING count(*) > 0",
            with_=(
                "gone AS (DELETE FROM offers_assignment WHERE offer_id = %(offer)s"
                " RETURNING customer_id)"
            ),
            offer=offer,
        )
        (run.counts["deleted"],) = run.one(
            "SELECT coalesce(sum(cardinality(ids)), 0) FROM imports_undorecord"
            " WHERE job_id = %(job)s",
            job=run.job.pk,
        )
        change_counts(
            run, "SELECT %(offer)s, %(number)s", offer=offer, number=-run.counts["deleted"]
        )

    def undo(self, run: Run) -> None:
        offer = run.options["offer"]
        hold_prospects(run)
        returned = run.execute(
            "INSERT INTO offers_assignment (customer_id, offer_id)"
            " SELECT c.id, o.id FROM imports_undorecord AS made"
            " JOIN offers_privateoffer AS o ON o.id = made.key, unnest(made.ids) AS made_id"
            " JOIN customers_customer AS c ON c.id = made_id"
            " WHERE made.job_id = %(job)s ORDER BY 1 ON CONFLICT DO NOTHING",
            job=run.job.pk,
        )
        change_counts(run, "SELECT %(offer)s, %(number)s", offer=offer, number=returned)


ASSIGNED = "SELECT key::int AS offer_id, unnest(ids) AS customer_id FROM imports_undorecord"

BY_LATER_IMPORTS = (
    "WHERE part = 'assigned' AND id > (SELECT max(id) FROM imports_undorecord"
    " WHERE job_id = %(job)s) AND key IN (SELECT offer_id FROM {made})"
)

# A pair that a later import made anew, after its withdrawal, is that import's.
TAKE_BACK = (
    "WITH gone AS (DELETE FROM offers_assignment AS a USING {made} AS m"
    " WHERE a.customer_id = m.customer_id AND a.offer_id = m.offer_id"
    " AND NOT EXISTS (SELECT FROM {later} AS l"
    " WHERE l.offer_id = m.offer_id AND l.customer_id = m.customer_id)"
    " RETURNING a.offer_id) INSERT INTO {gone} SELECT offer_id, -count(*) FROM gone GROUP BY 1"
)
