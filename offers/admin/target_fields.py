"""The part of an offer's form that says whom it is aimed at beside its e-mails."""

from typing import Any

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from customers.models import Audience, CustomerGroup
from offers.admin.check_list import CheckList, about_audiences, about_groups
from offers.models import PrivateOffer, PrivateOfferAudience, PrivateOfferGroup

TARGETS = {"for_groups": "groups", "for_audiences": "audiences"}


class TargetsForm(forms.ModelForm):
    """Fields of its own: the admin edits no many-to-many whose rows are a model with a history."""

    for_groups = forms.ModelMultipleChoiceField(
        queryset=CustomerGroup.objects.select_related("audience"),
        label=_("Customer groups"),
        required=False,
        widget=CheckList(
            find=_("Find a group"),
            nothing=_("There are no customer groups yet."),
            about=about_groups,
        ),
    )
    for_audiences = forms.ModelMultipleChoiceField(
        queryset=Audience.objects.all(),
        label=_("Audiences"),
        required=False,
        widget=CheckList(
            find=_("Find an audience"),
            nothing=_("There are no audiences yet."),
            about=about_audiences,
        ),
    )

    class Meta:
        model = PrivateOffer
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name, targets in TARGETS.items():
                self.initial[name] = list(getattr(self.instance, targets).all())

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("is_public", self.instance.is_public):
            for name in TARGETS:
                if self.cleaned_data.get(name):
                    self.add_error(name, _("A public offer takes neither groups nor audiences."))
        return cleaned

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        for name, targets in TARGETS.items():
            getattr(self.instance, targets).set(self.cleaned_data[name])


def with_target_names(offers: QuerySet[PrivateOffer]) -> QuerySet[PrivateOffer]:
    """Annotated `group_names` and `audience_names`, for lists: no further query."""
    return offers.annotate(
        group_names=_names(PrivateOfferGroup, "group__title"),
        audience_names=_names(PrivateOfferAudience, "audience__name"),
    )


def _names(targets: type[Model], name: str) -> ArraySubquery:
    rows = targets._default_manager.filter(offer_id=OuterRef("pk"))
    return ArraySubquery(rows.order_by(name).values(name))


def target_names(offer_id: str) -> list[str]:
    """Names of an offer's groups, then of its audiences. Two queries."""
    of = {"offer_id": int(offer_id) if offer_id.isdecimal() and len(offer_id) < 10 else 0}
    groups = PrivateOfferGroup.objects.filter(**of).order_by("group__title")
    audiences = PrivateOfferAudience.objects.filter(**of).order_by("audience__name")
    return [
        *groups.values_list("group__title", flat=True),
        *audiences.values_list("audience__name", flat=True),
    ]
