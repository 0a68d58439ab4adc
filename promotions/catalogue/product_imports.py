"""The import and export of products."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from imports.registry import register
from imports.resources import BulkResource, Column, Row, Text
from imports.runs import Run
from promotions.catalogue import tree
from promotions.catalogue.barcode_lists import (
    BARCODES,
    BARCODES_OF,
    list_anew,
    list_as_before,
    make_bad_barcodes,
)
from promotions.catalogue.changes import (
    Kind,
    change,
    create,
    delete,
    find_made,
    note_kept,
    number,
    restore,
)
from promotions.catalogue.lines import LINE_CODE, ONCE, REASONS, cell, tell_apart
from promotions.catalogue.references import hold
from promotions.models import Barcode, Product
from promotions.prices import plain

KIND = Kind(Product, ("name", "category_id", "price"), empty=("picture", "thumbnail"))


@register
class Products(BulkResource):
    slug = "products"
    title = _("Products")
    description = _(
        "Adds products and changes those that exist. An empty cell or a missing column leaves"
        " what is stored as it is."
    )
    identity = _("ID. A second line for the same ID is refused unless it says the same.")
    permission = "promotions.import_products"
    export_permission = "promotions.export_products"
    example = (
        ("SKU-1", "Cherry cake", "CAKES", "12.50", "5901234123457 5901234123464"),
        ("SKU-2", "Birthday candles", "", "3", ""),
    )
    reasons: ClassVar[dict[str, Text]] = {
        **REASONS,
        "price": _("Write a price like 12.50: digits and a point, without a currency."),
        "price_digits": _("A price has at most 11 digits before the point and 3 behind it."),
        "no_name": _("There is no such product yet, and a new one needs a name."),
        "no_price": _("There is no such product yet, and a new one needs a price."),
        "unknown_category": _("No category has this ID."),
        "barcode": _("A barcode has at most 64 characters, all of them visible."),
        "other_barcode": _("One of the barcodes is another product's."),
        "repeated_barcode": _("An earlier line gives one of the barcodes to another product."),
    }

    external_id = Column("ID", required=True, help=_("The ID in your other systems (SKU)."))
    name = Column("Name", help=_("A new product needs one."))
    category = Column("Category", help=_("The ID of a category; may be empty."))
    price = Column("Price", help=_("A number like 12.50. A new product needs one."))
    barcodes = Column(
        "Barcodes",
        help=_("All barcodes of the product, with spaces or ; between them."),
    )

    def export_rows(self, options: dict[str, Any]) -> QuerySet[Any, Row]:
        """In the order of the primary key, so that the first rows come at once."""
        names = ("external_id", "name", "category__external_id", "price")
        codes = Barcode.objects.filter(product=OuterRef("pk")).order_by("code").values("code")
        products = Product.objects.order_by("pk").annotate(codes=ArraySubquery(codes))
        return products.values_list(*names, "codes")

    def export_cells(self, options: dict[str, Any]) -> Callable[[Row], Sequence[Any]]:
        return lambda row: (*row[:3], plain(row[3]), " ".join(row[4]))

    def check(self, run: Run) -> None:
        run.tell(str(_("Looking up products")), 0.4)
        if not run.dry:
            run.execute(HOLD_BARCODES)
            run.execute(HOLD_PRODUCTS)
            tree.hold()
        tell_apart(run, CELLS, says=("name", "category", "price", "barcodes"))
        make_bad_barcodes(run)
        run.make("plan", PLAN)
        run.reject("SELECT line, code FROM {plan} WHERE code IS NOT NULL")
        run.make("new", "SELECT * FROM {plan} WHERE code IS NULL AND id IS NULL")
        run.make("changed", CHANGED)

    def preview(self, run: Run) -> None:
        (run.counts["created"],) = run.one("SELECT count(*) FROM {new}")
        (run.counts["updated"],) = run.one("SELECT count(*) FROM {changed}")

    def apply(self, run: Run) -> None:
        self.preview(run)
        number(run, KIND)
        # The index of letters takes many products together in half the time; searches would be
        # slow with many waiting for it, so that none is left to.
        run.execute("SET LOCAL gin_pending_list_limit = '64MB'")
        create(run, KIND, NEW, _("Adding products"), 0.6, 0.8)
        run.execute("SELECT gin_clean_pending_list('product_search')")
        change(run, KIND, "SELECT * FROM {changed}", _("Changing products"), 0.8, 0.9)
        run.tell(str(_("Assigning barcodes")), 0.9)
        list_anew(run)

    def undo(self, run: Run) -> None:
        run.execute(HOLD_BARCODES)
        hold(run, Product)
        run.execute(HOLD_PRODUCTS)
        tree.hold()
        find_made(run, KIND)
        list_as_before(run)
        done = restore(run, KIND, CATEGORY_IS_THERE)
        done += delete(run, KIND)
        note_kept(run, done)


# What speaks of others before what is spoken of, as whoever deletes something: so nobody waits for
# another who waits for them.
HOLD_BARCODES = "LOCK TABLE promotions_barcode IN SHARE ROW EXCLUSIVE MODE"
HOLD_PRODUCTS = "LOCK TABLE promotions_product IN SHARE ROW EXCLUSIVE MODE"

NUMBER = r"'^[0-9]+(\.[0-9]+)?$'"
LONGEST_NUMBER = 40
MOST, DECIMALS = "99999999999.999", 3
# CASE looks at one condition after the other, so that none meets what it can't compute.
PRICE_CODE = (
    f"CASE WHEN price !~ {NUMBER} THEN 'price'"
    f" WHEN length(price) > {LONGEST_NUMBER} THEN 'price_digits'"
    f" WHEN price::numeric > {MOST} OR price::numeric <> round(price::numeric, {DECIMALS})"
    " THEN 'price_digits' END"
)

CELLS = (
    "SELECT line, external_id, name, category, barcodes, code,"
    " CASE WHEN code IS NULL THEN price::numeric END AS price"
    f" FROM (SELECT *, coalesce({LINE_CODE}, {PRICE_CODE}) AS code FROM (SELECT line,"
    f" {cell('external_id')} AS external_id, {cell('name')} AS name,"
    f" {cell('category')} AS category, {cell('price')} AS price, {BARCODES} AS barcodes"
    f" FROM {{rows}} AS rows {ONCE}) AS cells {ONCE}) AS judged"
)

PLAN = (
    "SELECT told.line, told.external_id, own.id, told.name, category.id AS category_id,"
    " told.price, told.barcodes,"
    " CASE WHEN own.id IS NULL AND told.name IS NULL THEN 'no_name'"
    " WHEN own.id IS NULL AND told.price IS NULL THEN 'no_price'"
    " WHEN told.category IS NOT NULL AND category.id IS NULL THEN 'unknown_category'"
    " ELSE bad.code END AS code FROM {told} AS told"
    " LEFT JOIN promotions_product AS own USING (external_id)"
    " LEFT JOIN promotions_category AS category ON category.external_id = told.category"
    " LEFT JOIN {bad_barcodes} AS bad ON bad.line = told.line"
)

NEW = (
    "SELECT numbered.id, external_id, name, category_id, price FROM {new}"
    " JOIN {numbered} AS numbered USING (line)"
)

# An empty cell leaves what is stored alone.
CHANGED = (
    "SELECT own.id, coalesce(plan.name, own.name) AS name,"
    " coalesce(plan.category_id, own.category_id) AS category_id,"
    " coalesce(plan.price, own.price) AS price FROM {plan} AS plan"
    " JOIN promotions_product AS own ON own.id = plan.id WHERE plan.code IS NULL"
    " AND (plan.name <> own.name OR plan.price <> own.price"
    " OR (plan.category_id = own.category_id) IS NOT TRUE AND plan.category_id IS NOT NULL"
    " OR plan.barcodes IS NOT NULL"
    f" AND plan.barcodes <> {BARCODES_OF.format(product='own.id')})"
)

CATEGORY_IS_THERE = (
    "(was.category_id IS NULL"
    " OR was.category_id IN (SELECT category.id FROM promotions_category AS category))"
)
