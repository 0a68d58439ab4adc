"""A field of a form for one customer, by whatever is known of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.identity import normalize_email, normalize_phone
from customers.models import Customer


class CustomerField(forms.CharField):
    """A customer, addressed as id:42, email:…, phone:… or external:…, or simply as 42 or a@b.c.

    Who has only been sent offers (a prospect) is none yet.
    """

    def clean(self, value: Any) -> Customer | None:
        text = super().clean(value)
        if not text:
            return None
        kind, separator, name = text.partition(":")
        if not separator:
            kind, name = ("email" if "@" in text else "id"), text
        lookups = {"id": "pk", "email": "email", "phone": "phone", "external": "external_id"}
        normalizers = {"email": normalize_email, "phone": normalize_phone, "id": whole_number}
        if kind not in lookups:
            raise forms.ValidationError(_("Write an e-mail address or the number of a customer."))
        known = normalizers.get(kind, str)(name.strip())
        customer = Customer.objects.listed().filter(**{lookups[kind]: known}).first()
        if customer is None:
            raise forms.ValidationError(_("There is no such customer."))
        return customer


def whole_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise forms.ValidationError(_("Write an e-mail address or the number of a customer."))
    return int(text)
