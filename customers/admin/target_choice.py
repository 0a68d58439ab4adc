"""The part of a form that says whom something is for: customer groups and audiences to tick."""

from typing import Any, ClassVar, TypeVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.admin.check_list import (
    CheckList,
    about_audiences,
    about_groups,
    kinds_of_audiences,
    kinds_of_groups,
)
from customers.admin.target_rights import seen_by
from customers.models import Audience, CustomerGroup

TARGETS = {"for_groups": "groups", "for_audiences": "audiences"}
"""The fields, each with the kind of targets that one must be allowed to see."""


class TargetChoice(forms.ModelForm):
    """Only kinds of targets in `seen` have a field: the others are neither shown nor changed."""

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in TARGETS.items():
            if kind not in self.seen:
                del self.fields[name]
        if "groups" in self.seen and "audiences" not in self.seen:
            cast(CheckList, self.fields["for_groups"].widget).about = kinds_of_groups
        if "audiences" in self.seen and "groups" not in self.seen:
            cast(CheckList, self.fields["for_audiences"].widget).about = kinds_of_audiences


Form = TypeVar("Form", bound=TargetChoice)


def form_for(user: Any, form: type[Form]) -> type[Form]:
    """`form` with the targets that `user` may see."""
    return type(form.__name__, (form,), {"seen": seen_by(user)})
