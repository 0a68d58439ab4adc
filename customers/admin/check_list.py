"""Groups or audiences to tick: searchable, each with its size and what it is."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from customers.audiences.fields import condition_fields
from customers.audiences.tree import parse_all
from customers.audiences.words import in_words
from customers.models import Audience, CustomerGroup
from imports.resources import Text

Describe = Callable[[list[Any]], dict[int, str]]


def size_of(target: CustomerGroup | Audience) -> str:
    """How many customers are in it, as far as it is known without counting."""
    counted: CustomerGroup | Audience | None = target
    if isinstance(target, CustomerGroup) and target.audience:
        counted = target.audience
    if isinstance(counted, Audience) and counted.is_dynamic and counted.counted_at is None:
        return str(_("not counted yet"))
    number = counted.members_count if counted else 0
    return ngettext("%(number)s customer", "%(number)s customers", number) % {
        "number": number_format(number, force_grouping=True)
    }


class CheckList(forms.CheckboxSelectMultiple):
    """Checkboxes under a field that narrows them; all of them without JavaScript."""

    class Media:
        js = ["customers/check-list.js"]

    def __init__(
        self, *, find: Text, nothing: Text, about: Describe, size_of: Callable[[Any], str] = size_of
    ) -> None:
        """`about` says in words what each of the targets is."""
        super().__init__()
        self.find, self.nothing, self.about, self.size_of = find, nothing, about, size_of

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        options = [option for _group, found, _index in widget["optgroups"] for option in found]
        rows = self.rows(options)
        context = {"rows": rows, "find": self.find, "nothing": self.nothing, "name": name}
        return render_to_string("admin/customers/check_list.html", context)

    def rows(self, options: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What is shown of each: the option, and in small letters a size and what it is."""
        targets = [option["value"].instance for option in options]
        about = self.about(targets)
        return [
            {"option": option, "size": self.size_of(target), "about": about[target.pk]}
            for option, target in zip(options, targets, strict=True)
        ]


def about_groups(groups: list[CustomerGroup]) -> dict[int, str]:
    follows = gettext("Follows the audience “%(name)s”.")
    return kinds_of_groups(groups) | {
        group.pk: follows % {"name": group.audience} for group in groups if group.audience
    }


def kinds_of_groups(groups: list[CustomerGroup]) -> dict[int, str]:
    """For those who may not see audiences: no name of any."""
    follows = gettext("Follows an audience")
    return {
        group.pk: follows if group.audience_id else str(group.get_type_display())
        for group in groups
    }


def about_audiences(audiences: list[Audience]) -> dict[int, str]:
    """Two queries if any goes by conditions."""
    about = kinds_of_audiences(audiences)
    conditions = {each.pk: each.conditions for each in audiences if each.is_dynamic}
    if conditions:
        nodes = parse_all(conditions, condition_fields())
        nobody = gettext("Its conditions make no sense any more: nobody is in it.")
        about |= {pk: in_words(nodes[pk]) if pk in nodes else nobody for pk in conditions}
    return about


def kinds_of_audiences(audiences: list[Audience]) -> dict[int, str]:
    """For those who may not see groups, which conditions may name."""
    return {each.pk: str(each.get_kind_display()) for each in audiences}
