"""The page. What is asked stands in its address; what is sent leads to such an address."""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from promotions.admin.try_basket import examples, offers, pasting, receipt
from promotions.admin.try_basket.asked import EMPTY_ROWS, Asked, Row
from promotions.admin.try_basket.form import CheckedRow, TryBasketForm, check_rows
from promotions.models import PointOfSale
from promotions.pricing.asked import AskedBasket, BasketError
from promotions.pricing.quoting import Priced, quote_basket

PERMISSION = "promotions.view_discount"
OF_CUSTOMERS = "customers.view_customer"
LONGEST_ADDRESS = 3500
"""Servers refuse addresses of a little more."""


def try_basket(request: HttpRequest) -> HttpResponseBase:
    """As many queries for a line and an offer as for hundreds."""
    refuse_strangers(request)
    if request.method == "POST":
        return _sent(request)
    now = timezone.now()
    number, may_see = request.GET.get("discount", ""), _may_see_customers(request)
    if found := examples.basket_for(number, may_see_customers=may_see, at=now):
        return redirect(f"{reverse('try_basket')}?{found.address()}")
    return _Page(request, Asked.from_address(request.GET), now).answer()


def refuse_strangers(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _may_see_customers(request: HttpRequest) -> bool:
    return request.user.has_perm(OF_CUSTOMERS)


def _sent(request: HttpRequest) -> HttpResponseBase:
    """On to the address, unless something is wrong, more rows are asked for, or it is too long."""
    asked, wrong = Asked.from_form(request.POST), ""
    text = request.POST.get("paste", "")
    try:
        if text.strip():
            rows, others = pasting.read(text)
            asked = asked.with_rows(rows).with_fields(others)
    except ValidationError as error:
        wrong = error.messages[0]
    page = _Page(request, asked, timezone.now(), pasted=text if wrong else "", wrong_paste=wrong)
    address = page.address()
    if wrong or address is None or "add_rows" in request.POST or len(address) > LONGEST_ADDRESS:
        return page.answer()
    return redirect(f"{reverse('try_basket')}?{address}")


@dataclass
class _Page:
    request: HttpRequest
    asked: Asked
    now: dt.datetime
    pasted: str = ""
    wrong_paste: str = ""

    def __post_init__(self) -> None:
        if not _may_see_customers(self.request):
            self.asked = self.asked.with_fields({"customer": ""})
        places = list(PointOfSale.objects.all())
        may = _may_see_customers(self.request)
        self.form = TryBasketForm(self.asked, places, may_see_customers=may)
        self.rows = check_rows(self.asked.rows)

        self.sound_rows = [row for row in self.rows if not row.errors]

    @property
    def is_sound(self) -> bool:
        return self.form.is_valid() and len(self.sound_rows) == len(self.rows)

    def address(self) -> str | None:
        """None while something is wrong."""
        if not self.is_sound:
            return None
        rows = [row.row for row in self.rows]
        return self.asked.with_rows(rows).with_fields(self.form.as_address()).address()

    def answer(self) -> HttpResponseBase:
        is_sound, error, priced = self.is_sound, "", None
        if self.form.is_valid() and self.sound_rows:
            try:
                priced = self._priced()
            except BasketError as refused:
                error = refused.detail
        empty = EMPTY_ROWS * (2 if "add_rows" in self.request.POST else 1)
        context = {
            **admin.site.each_context(self.request),
            "title": _("Try a basket"),
            "form": self.form,
            "rows": [*self.rows, *(CheckedRow(Row()) for _row in range(empty))],
            "pasted": self.pasted,
            "wrong_paste": self.wrong_paste,
            "is_sound": is_sound,
            "error": error,
            "customer": self.form.cleaned_data.get("customer"),
            "is_too_long": is_sound and len(self.address() or "") > LONGEST_ADDRESS,
            **(self._drawn(priced) if priced else {}),
        }
        return TemplateResponse(self.request, "admin/promotions/try_basket/page.html", context)

    def _priced(self) -> Priced:
        customer = self.form.cleaned_data.get("customer")
        return quote_basket(
            self._basket(),
            customer_id=customer.pk if customer else None,
            at=self.form.moment(self.now),
        )

    def _basket(self) -> AskedBasket:
        return AskedBasket(
            self.form.cleaned_data["point_of_sale"],
            tuple(row.line(str(number)) for number, row in enumerate(self.sound_rows, 1)),
            self.form.cleaned_data["points_to_spend"] or Decimal(0),
        )

    def _drawn(self, priced: Priced) -> dict[str, Any]:
        at = self.form.moment(self.now).astimezone(priced.point_of_sale.zone)
        return {
            "receipt": receipt.draw(priced, self.sound_rows),
            "offers": offers.draw(priced, self.sound_rows, self.request.user),
            "left_out": len(self.rows) - len(self.sound_rows),
            "place": priced.point_of_sale,
            "at": at.strftime("%Y-%m-%d %H:%M"),
            "zone": str(priced.point_of_sale.zone),
            "api_request": json.dumps(self._as_api_request(), indent=2, ensure_ascii=False),
        }

    def _as_api_request(self) -> dict[str, Any]:
        """The body of POST /api/v1/purchases/calculate that asks the same."""
        basket, customer = self._basket(), self.form.cleaned_data.get("customer")
        at = self.form.cleaned_data["at"]
        return {
            "customer": f"id:{customer.pk}" if customer else None,
            "point_of_sale": basket.point_of_sale,
            "at": at.astimezone(self.form.zone).isoformat() if at else None,
            "points_to_spend": f"{basket.points_to_spend:f}",
            "lines": [
                {
                    "id": line.id,
                    "product": line.product,
                    "quantity": f"{line.quantity:f}",
                    "unit_price": f"{line.unit_price:f}",
                }
                for line in basket.lines
            ],
        }
