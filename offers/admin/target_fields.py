"""The part of an offer's form that says whom it is aimed at beside its e-mails."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, QuerySet, TextField, Value
from django.utils.translation import gettext_lazy as _

from customers.admin.target_choice import TARGETS, TargetChoice
from customers.admin.target_rights import seen_by, unnamed
from offers.models import PrivateOffer, PrivateOfferAudience, PrivateOfferGroup


class TargetsForm(TargetChoice):
    """Fields of its own: the admin edits no many-to-many whose rows are a model with a history."""

    class Meta:
        model = PrivateOffer
        fields: tuple[str, ...] = ()

    class Media:
        js = ["offers/backoffice-targets.js"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, targets in TARGETS.items():
            if name in self.fields and self.instance.pk:
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
            if name in self.fields:
                getattr(self.instance, targets).set(self.cleaned_data[name])


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
