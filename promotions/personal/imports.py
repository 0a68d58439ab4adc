"""The import and export of the lists of personalized promotions (E8), by the million rows."""

from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from customers.addresses import hold_prospects
from customers.mentions import MENTION_REASONS, customer_column, mention
from customers.references import declare
from imports.narrowing import NarrowedResource
from imports.registry import register
from imports.resources import Column, Row, Text
from imports.runs import Run
from promotions.catalogue.lines import NO_PRODUCT, product_column
from promotions.models import ListedProduct, PersonalizedPromotion
from promotions.personal.adding import NEW_ROWS, add_new_rows, make_new_rows
from promotions.personal.lists import FOR_OTHERS, Users
from promotions.personal.matching import match_lines
from promotions.personal.records import TYPE, read_added, remember_added

declare("promotions_listedproduct", "customer_id")
declare("promotions_choice", "customer_id")


@register
class PersonalizedPromotionProducts(NarrowedResource):
    slug = TYPE
    title = _("Products of personalized promotions")
    description = _("Puts products on customers' lists of personalized promotions.")
    identity = _("Promotion, customer and product together: a repeated line changes nothing.")
    permission = "promotions.import_listed_products"
    export_permission = "promotions.export_listed_products"
    option_names = ("promotion",)
    model = PersonalizedPromotion
    name_field = "backend_id"
    gone = _("This personalized promotion does not exist any more.")
    unknown = "unknown_promotion"
    left_out = _("May be left out: the promotion is chosen.")
    only = _("Only this promotion")
    only_help = _("The BackendID of a personalized promotion; empty for all of them.")
    undo_text = _(
        "The products that this import put on lists are taken off them again, and out of what"
        " customers chose since, even where a choice was final. What was on the lists before and"
        " what later imports put there stays."
    )
    example = (
        ("summer-picks", "email:ann@example.com", "SKU-1"),
        ("summer-picks", "external:C-1001", "5901234123457"),
    )
    reasons: ClassVar[dict[str, Text]] = {
        **MENTION_REASONS,
        "unknown_promotion": _("No personalized promotion has this BackendID."),
        "other_promotion": _("The line names another promotion than the one you import to."),
        **NO_PRODUCT,
        "for_consumers": FOR_OTHERS[Users.CONSUMERS],
        "for_employees": FOR_OTHERS[Users.EMPLOYEES],
    }

    promotion = Column("Promotion", required=True, help=_("The BackendID of the promotion."))
    customer = customer_column()
    product = product_column()

    def choices(self) -> QuerySet[PersonalizedPromotion]:
        return PersonalizedPromotion.objects.all()

    def export_rows(self, options: dict[str, Any]) -> QuerySet[Any, Row]:
        """In the order of the primary key, so that the first rows come at once.

        Each customer by the first of e-mail, phone, external ID and id that there is. What is
        left of deleted promotions, customers and products is left out.
        """
        listed = ListedProduct.objects.filter(**options)
        return listed.order_by("customer_id", "promotion_id", "product_id").values_list(
            F("promotion__backend_id"), mention(), F("product__external_id")
        )

    def check(self, run: Run) -> None:
        run.tell(str(_("Looking up promotions, customers and products")), 0.4)
        # Whoever takes back an import of customers waits: it would delete whom we add to.
        hold_prospects(run)
        if not run.dry:
            # Nor is a promotion deleted that is being given lists.
            run.execute("SELECT FROM promotions_personalizedpromotion ORDER BY id FOR KEY SHARE")
        match_lines(
            run,
            promotion=run.options.get("promotion"),
            backend_id=str(self.describe(run.options)),
        )

    def preview(self, run: Run) -> None:
        run.tell(str(_("Comparing")), 0.7)
        (run.counts["created"],) = run.one(f"SELECT count(*) FROM ({NEW_ROWS}) AS added")

    def apply(self, run: Run) -> None:
        run.tell(str(_("Comparing")), 0.65)
        make_new_rows(run)
        run.counts["created"] = add_new_rows(run, _("Filling lists"), 0.75)
        remember_added(run)

    def undo(self, run: Run) -> None:
        hold_prospects(run)
        read_added(run)
        run.execute(HOLD_CHOICES)
        run.execute(TAKE_BACK)


# Who saves a choice holds this before the products, too (promotions/personal/selection.py).
HOLD_CHOICES = (
    "SELECT FROM promotions_choice WHERE (customer_id, promotion_id) IN"
    " (SELECT customer_id, promotion_id FROM {made}) ORDER BY customer_id, promotion_id FOR UPDATE"
)

# A product that a later import put there anew is that import's.
TAKE_BACK = (
    "DELETE FROM promotions_listedproduct AS listed USING ("
    "SELECT l.customer_id, l.promotion_id, l.product_id FROM promotions_listedproduct AS l"
    " JOIN {made} AS made USING (customer_id, promotion_id, product_id)"
    " WHERE NOT EXISTS (SELECT FROM {later} AS later WHERE later.customer_id = l.customer_id"
    " AND later.promotion_id = l.promotion_id AND later.product_id = l.product_id)"
    " ORDER BY 1, 2, 3 FOR UPDATE OF l) AS gone"
    " WHERE listed.customer_id = gone.customer_id AND listed.promotion_id = gone.promotion_id"
    " AND listed.product_id = gone.product_id"
)
