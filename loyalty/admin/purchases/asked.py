"""Which receipts somebody asks for: searched for, filtered, and how many a page."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.admin.customer_field import CustomerField
from customers.models import Customer
from loyalty.models import Purchase, Return
from promotions.models import PointOfSale
from promotions.pricing.asked import UNWRITABLE

SEES_CUSTOMERS = "customers.view_customer"
Condition = Callable[[Any], Q]


def _day(**attributes: str) -> forms.DateInput:
    return forms.DateInput(attrs={"class": "bo-input", "type": "date"}, format="%Y-%m-%d")


class ReceiptFilter(forms.Form):
    """What is wrong in an address is told beside its field, and left out."""

    q = forms.CharField(label=_("Receipt"), required=False, max_length=64)
    customer = CustomerField(
        label=_("Customer"),
        required=False,
        widget=forms.TextInput(attrs={"class": "bo-input", "autocomplete": "off"}),
        help_text=_("An e-mail address, id:42, phone:… or external:…"),
    )
    point_of_sale = forms.ModelChoiceField(
        PointOfSale.objects.all(),
        label=_("Point of sale"),
        required=False,
        to_field_name="key",
        empty_label=_("All"),
        widget=forms.Select(attrs={"class": "bo-input"}),
    )
    since = forms.DateField(label=_("From"), required=False, widget=_day())
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=_day(),
        validators=[MaxValueValidator(dt.date.max - dt.timedelta(days=1))],  # it has a next day
    )
    source = forms.ChoiceField(
        label=_("Source"),
        required=False,
        choices=[("", _("All")), *Purchase.Source.choices],
        widget=forms.Select(attrs={"class": "bo-input"}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("cancelled", _("Cancelled")), ("returned", _("With returns"))],
        widget=forms.Select(attrs={"class": "bo-input"}),
    )

    @classmethod
    def of(cls, request: HttpRequest) -> "ReceiptFilter":
        """Whoever may not see customers doesn't find out by searching who bought what."""
        form = cls(request.GET)
        if not request.user.has_perm(SEES_CUSTOMERS):
            del form.fields["customer"]
        zone = _("In the time zone %(zone)s.") % {"zone": timezone.get_current_timezone_name()}
        form.fields["since"].help_text = form.fields["until"].help_text = zone
        form.is_valid()
        return form

    def chosen(self) -> QuerySet[Purchase]:
        conditions = [CONDITIONS[name](value) for name, value in self.cleaned_data.items() if value]
        return Purchase.objects.filter(*conditions)

    @property
    def filters(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "q"]

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field.name) for field in self.filters)


def _begins_with(text: str) -> Q:
    return Q(pk__in=[]) if UNWRITABLE.search(text) else Q(receipt__startswith=text.strip())


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _whose(customer: Customer) -> Q:
    return Q(customer_id=customer.pk)


def _in_state(state: str) -> Q:
    if state == "cancelled":
        return Q(cancelled_at__isnull=False)
    whose = {"customer_id": OuterRef("customer_id"), "purchase_id": OuterRef("id")}
    return Q(Exists(Return.objects.filter(**whose)))


CONDITIONS: dict[str, Condition] = {
    "q": _begins_with,
    "customer": _whose,
    "point_of_sale": lambda place: Q(point_of_sale=place),
    "since": lambda day: Q(at__gte=_midnight(day)),
    "until": lambda day: Q(at__lt=_midnight(day + dt.timedelta(days=1))),
    "source": lambda source: Q(source=source),
    "state": _in_state,
}
