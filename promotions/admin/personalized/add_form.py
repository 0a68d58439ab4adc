from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from customers.models import Customer
from promotions.catalogue.codes import products_by_code
from promotions.models import PersonalizedPromotion, Product
from promotions.personal.lists import users_of

MOST = 100


class AddProductsForm(forms.Form):
    """Products for one customer's list of a promotion for their side."""

    promotion = forms.ModelChoiceField(
        PersonalizedPromotion.objects.none(),
        label=_("Personalized promotion"),
        widget=UnfoldAdminSelectWidget,
    )
    products = forms.CharField(
        label=_("Products"),
        widget=UnfoldAdminTextareaWidget({"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Their IDs or barcodes, one a line."),
    )

    def __init__(self, customer: Customer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["promotion"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 says so to the type checker
        field.queryset = PersonalizedPromotion.objects.filter(users=users_of(customer))

    def clean_products(self) -> list[Product]:
        lines = [line.strip() for line in self.cleaned_data["products"].splitlines()]
        codes = [line for line in lines if line]
        if len(codes) > MOST:
            raise forms.ValidationError(
                _("At most %d at once; import a file of more.") % MOST, code="too_many"
            )
        known = products_by_code(codes)
        if unknown := [code for code in codes if code not in known]:
            text = _("No product has these: %s.") % ", ".join(unknown)
            raise forms.ValidationError(text, code="unknown_product")
        return list(known.values())
