from allauth.account.forms import ConfirmLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from customers.identity import LONGEST_EMAIL, normalize_email


class AddressForm(forms.Form):
    email = forms.CharField(
        label=_("Your e-mail address"),
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def clean_email(self) -> str:
        return normalize_email(self.cleaned_data["email"])


class CodeForm(ConfirmLoginCodeForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )
