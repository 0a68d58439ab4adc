"""The part of an offer's form that says whom it is aimed at beside its e-mails."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, QuerySet, TextField, Value
from django.utils.translation import gettext_lazy as _

from customers.admin.check_list import (
    CheckList,
    about_audiences,
    about_groups,
    kinds_of_groups,
)
from customers.admin.target_rights import seen_by, unnamed
from customers.models import Audience, CustomerGroup
from offers.models import PrivateOffer, PrivateOfferAudience, PrivateOfferGroup

TARGETS = {"for_groups": "groups", "for_audiences": "audiences"}


class TargetsForm(forms.ModelForm):
    """Fields of its own: the admin edits no many-to-many whose rows are a model with a history.

    Only the kinds of targets in `seen` have one: the others are neither shown nor changed.
    """

    seen: ClassVar[frozenset[str]] = frozenset()
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

    class Media:
        js = ["offers/backoffice-targets.js"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, targets in TARGETS.items():
            if targets not in self.seen:
                del self.fields[name]
            elif self.instance.pk:
                self.initial[name] = list(getattr(self.instance, targets).all())
        if "groups" in self.seen and "audiences" not in self.seen:
            cast(CheckList, self.fields["for_groups"].widget).about = kinds_of_groups

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
            if name in self.fields:
                getattr(self.instance, targets).set(self.cleaned_data[name])


def form_for(user: Any, form: type[TargetsForm]) -> type[TargetsForm]:
    """`form` with the targets that `user` may see."""
    return type(form.__name__, (form,), {"seen": seen_by(user)})


def with_target_names(offers: QuerySet[PrivateOffer], *, to: Any) -> QuerySet[PrivateOffer]:
    """Annotated `group_names` and `audience_names`, for lists: no further query.

    In place of each name that the user `to` may not see is an empty one.
    """
    seen = seen_by(to)
    return offers.annotate(
        group_names=_names(PrivateOfferGroup, "group__title", "groups" in seen),
        audience_names=_names(PrivateOfferAudience, "audience__name", "audiences" in seen),
    )


def _names(targets: type[Model], name: str, seen: bool) -> ArraySubquery:
    rows = targets._default_manager.filter(offer_id=OuterRef("pk"))
    told = F(name) if seen else Value("", TextField())
    return ArraySubquery(rows.annotate(told=told).order_by("told").values("told"))


def target_names(offer_id: str, *, to: Any) -> list[str]:
    """Names of an offer's groups, then of its audiences; how many, if `to` may not see which.

    Two queries.
    """
    of = {"offer_id": int(offer_id) if offer_id.isdecimal() and len(offer_id) < 10 else 0}
    groups = PrivateOfferGroup.objects.filter(**of).order_by("group__title")
    audiences = PrivateOfferAudience.objects.filter(**of).order_by("audience__name")
    seen = seen_by(to)
    return [
        *_told("groups", groups.values_list("group__title", flat=True), seen),
        *_told("audiences", audiences.values_list("audience__name", flat=True), seen),
    ]


def _told(kept: str, names: QuerySet[Any, str], seen: frozenset[str]) -> list[str]:
    if kept in seen:
        return list(names)
    number = names.count()
    return [unnamed(kept, number)] if number else []
