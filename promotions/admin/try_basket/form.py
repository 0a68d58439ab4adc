"""Checks what is asked: for whom, where, when, and each line of the basket."""

import datetime as dt
import re
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from customers.admin.customer_field import CustomerField
from customers.audiences.calendar import check_moment
from promotions.admin.try_basket.asked import Asked, Row
from promotions.admin.try_basket.goods import by_name, picture_of
from promotions.catalogue.codes import products_by_code
from promotions.models import PointOfSale, Product
from promotions.prices import plain
from promotions.pricing.asked import AskedLine

MOMENT = "%Y-%m-%dT%H:%M"
PICKED = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)?\Z")
"""What browsers' pickers can show: no seconds here, and never which of two hours it is when clocks
are put back.
"""


class TryBasketForm(forms.Form):
    """For whom, where and when. The moment is on the clocks of the point of sale; empty is now."""

    field_order = ("customer", "point_of_sale", "at", "points_to_spend")

    customer = CustomerField(
        label=_("Customer"),
        required=False,
        widget=forms.TextInput(
            attrs={"class": "bo-input", "autocomplete": "off", "data-find": "customer"}
        ),
        help_text=_("An e-mail address or an ID; empty for somebody unknown."),
    )
    points_to_spend = forms.DecimalField(
        label=_("Points to spend"),
        required=False,
        min_value=0,
        max_digits=11,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "bo-input", "step": "any", "min": "0"}),
        help_text=_("Whatever their balance."),
    )
    point_of_sale = forms.ChoiceField(
        label=_("Point of sale"), widget=forms.Select(attrs={"class": "bo-input"})
    )
    at = forms.DateTimeField(
        label=_("Moment"),
        required=False,
        validators=[check_moment],
        widget=forms.DateTimeInput(
            attrs={"class": "bo-input", "type": "datetime-local"}, format=MOMENT
        ),
    )

    def __init__(
        self, asked: Asked, places: Sequence[PointOfSale], *, may_see_customers: bool
    ) -> None:
        first = {"point_of_sale": places[0].key} if places else {}
        super().__init__({**first, **asked.fields})
        self.places = {place.key: place for place in places}
        if not may_see_customers:
            del self.fields["customer"]
        choices = [(place.key, f"{place.name} · {place.currency}") for place in places]
        field = self.fields["point_of_sale"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices
        if not PICKED.match(asked.fields.get("at", "")):
            self.fields["at"].widget.input_type = "text"
        self.fields["at"].help_text = gettext("Empty for now; time zone %(zone)s.") % {
            "zone": self.zone
        }

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        place = self.places.get(self.data.get("point_of_sale", ""))
        return place.zone if place else zoneinfo.ZoneInfo("UTC")

    def full_clean(self) -> None:
        with timezone.override(self.zone):
            super().full_clean()

    def moment(self, now: dt.datetime) -> dt.datetime:
        return self.cleaned_data["at"] or now

    def as_address(self) -> dict[str, str]:
        """What is asked as it stands in addresses: with the customer's number only."""
        at, customer = self.cleaned_data["at"], self.cleaned_data.get("customer")
        points = self.cleaned_data["points_to_spend"]
        return {
            "point_of_sale": self.cleaned_data["point_of_sale"],
            "at": _written(at.astimezone(self.zone)) if at else "",
            "customer": str(customer.pk) if customer else "",
            "points_to_spend": f"{points:f}" if points else "",
        }


def _written(at: dt.datetime) -> str:
    """So that the same moment is read from it; with its distance from UTC only where needed."""
    comes_twice = at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()
    is_exact = at.second or at.microsecond or comes_twice
    return at.isoformat() if is_exact else at.strftime(MOMENT)


@dataclass(frozen=True)
class CheckedRow:
    """A row with its product, if the catalogue knows it, and what is wrong with it."""

    row: Row
    product: Product | None = None
    quantity: Decimal = Decimal(1)
    price: Decimal | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    """By the name of the column."""
    others: tuple[Product, ...] = field(default=())
    """Products that could be meant."""

    @property
    def name(self) -> str:
        return self.product.name if self.product else self.row.product

    @property
    def usual(self) -> str:
        return plain(self.product.price) if self.product else ""

    @property
    def picture(self) -> str:
        return picture_of(self.product)

    def line(self, id_: str) -> AskedLine:
        assert self.price is not None  # noqa: S101 a row without a price has an error
        return AskedLine(id_, self.row.product, self.quantity, self.price)


def check_rows(rows: Sequence[Row]) -> list[CheckedRow]:
    """Two queries; one more for each of the first texts that no product has as its ID."""
    known = products_by_code(row.product for row in rows)
    alike = by_name(row.product for row in rows if row.product not in known and not row.price)
    return [_check(row, known, alike.get(row.product, [])) for row in rows]


def _check(row: Row, known: dict[str, Product], alike: list[Product]) -> CheckedRow:
    product = known.get(row.product)
    if product is None and len(alike) == 1:
        (product,) = alike
        row = replace(row, product=product.external_id)
    quantity = _number(row.quantity or "1")
    price = _number(row.price) if row.price else product.price if product else None
    errors = {}
    if not quantity:
        errors["quantity"] = gettext("Write the quantity as a number above 0.")
    if not row.product:
        errors["product"] = gettext("Write which product it is.")
    elif price is None and row.price:
        errors["price"] = gettext("Write the price as a number, such as 3.50.")
    elif price is None:
        errors["product"] = _unknown(alike)
    others = tuple(alike) if price is None else ()
    return CheckedRow(row, product, quantity or Decimal(1), price, errors, others)


def _unknown(alike: list[Product]) -> str:
    if alike:
        return gettext("Several products match; write the ID of one.")
    return gettext("No product has this ID, barcode or name. With a price it can be tried anyway.")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None
