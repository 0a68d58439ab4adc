from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminTextInputWidget

from customers.identity import normalize_email, normalize_phone
from customers.models import Customer
from customers.takeover import hold, take_over_held

TAKEN = {
    "email": _("Another customer has this e-mail address."),
    "phone": _("Another customer has this phone number."),
    "external_id": _("Another customer has this external ID."),
}


class CustomerForm(forms.ModelForm):
    """A customer's profile and identities, which may be typed in any of their forms."""

    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        widget=UnfoldAdminEmailInputWidget,
        help_text=_(
            "What is assigned to the customer stays with them under a new address. Whoever has "
            "signed in goes on signing in with the address they used then; for others, the owner "
            "of the new address will sign in as this customer."
        ),
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("With the country code, such as +48 500 100 200."),
    )

    class Meta:
        model = Customer
        fields = ["first_name", "last_name", "birth_date", "email", "phone", "external_id"]
        help_texts = {"external_id": _("The customer's number in your other systems.")}

    prospect: Customer | None = None
    """Who has the new address of an existing customer, until that is saved."""

    def clean_email(self) -> str | None:
        """The address in its one form; the customer takes over what waits for the address."""
        if not self.cleaned_data["email"]:
            return None
        email = normalize_email(self.cleaned_data["email"])
        prospect = Customer.objects.filter(email=email, is_prospect=True).first()
        if prospect and self.instance.pk:
            hold([prospect])
            self.prospect = prospect
            return email
        if prospect:
            self.instance = prospect
            self.instance.is_prospect = False
        return self._unused("email", email)

    def clean_phone(self) -> str | None:
        phone = self.cleaned_data["phone"]
        return self._unused("phone", normalize_phone(phone)) if phone else None

    def clean_external_id(self) -> str | None:
        external_id = self.cleaned_data["external_id"]
        return self._unused("external_id", external_id) if external_id else None

    def _unused(self, field: str, value: str) -> str:
        """Said beside the field, which the constraints themselves can't."""
        others = Customer.objects.exclude(pk=self.instance.pk)
        if others.filter(**{field: value}).exists():
            raise ValidationError(TAKEN[field], code="unique")
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        identities = ("email", "phone", "external_id")
        if not any(data.get(name) or name in self.errors for name in identities):
            raise ValidationError(_("Give an e-mail, a phone or an external ID."))
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """The database's word on the address waits until the prospect is no more."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc] # no stub
        return exclusions | ({"email"} if self.prospect else set())

    def save(self, commit: bool = True) -> Customer:
        if self.prospect:
            take_over_held([(self.prospect, self.instance)])
        return super().save(commit)
