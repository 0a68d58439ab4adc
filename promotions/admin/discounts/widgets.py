"""Controls of a discount's form: goods to search, choices with what they mean, lists to tick."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from customers.admin.check_list import CheckList
from imports.resources import Text
from promotions.admin.discounts.goods import KINDS, Thing, known, tokens_in


class GoodsPicker(forms.Textarea):
    """Chips with a search; without JavaScript a line for each thing, as KINDS write it."""

    search_url = reverse_lazy("admin:promotions_discount_goods")

    class Media:
        js = ["promotions/goods-picker.js"]

    def __init__(self, *, only: str = "", single: bool = False) -> None:
        super().__init__({"rows": 1 if single else 3, "class": "bo-input", "spellcheck": "false"})
        self.only, self.single = only, single
        self.things: Mapping[str, Thing] = {}
        """Those that are known already, by their tokens: no query for them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        text = value or ""
        tokens = tokens_in(text)
        missing = [token for token in tokens if token not in self.things]
        things = {**self.things, **known(missing)} if missing else self.things
        context = {
            "textarea": super().render(name, value, attrs, renderer),
            "chosen": [(token, things.get(token)) for token in tokens],
            "search_url": self.search_url,
            "only": self.only,
            "single": self.single,
            "kinds": KINDS,
        }
        return SafeString(render_to_string("admin/promotions/discount/goods_picker.html", context))


class Cards(forms.RadioSelect):
    """Radio buttons, each with a sign and a sentence on what choosing it means."""

    def __init__(self, about: Mapping[str, tuple[str, Text]]) -> None:
        """By value: a sign of the icon font, and the sentence."""
        super().__init__()
        self.about = about

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        options = [option for _group, found, _index in widget["optgroups"] for option in found]
        rows = [(option, *self.about.get(str(option["value"]), ("", ""))) for option in options]
        context = {"rows": rows, "name": name, "id": widget["attrs"].get("id", "")}
        return SafeString(render_to_string("admin/promotions/discount/cards.html", context))


class Days(forms.CheckboxSelectMultiple):
    """The days of the week side by side."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        options = [option for _group, found, _index in widget["optgroups"] for option in found]
        context = {"options": options, "name": name}
        return SafeString(render_to_string("admin/promotions/discount/days.html", context))


class NameList(CheckList):
    """A check list of names alone, whose choices were fetched before."""

    def __init__(self, *, find: Text) -> None:
        super().__init__(find=find, nothing=_("There are none yet."), about=lambda targets: {})

    def rows(self, options: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{"option": option, "size": "", "about": ""} for option in options]


def dress(fields: Mapping[str, forms.Field]) -> None:
    """Plain controls look as everywhere in the back-office."""
    for field in fields.values():
        plain = (forms.TextInput, forms.NumberInput, forms.Select, forms.DateTimeInput)
        if isinstance(field.widget, (*plain, forms.TimeInput)):
            field.widget.attrs.setdefault("class", "bo-input")
