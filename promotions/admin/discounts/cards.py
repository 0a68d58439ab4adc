"""The cards of a discount's form: its product sets (E14–E20)."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from promotions.admin.discounts.fields import GoodsField, ProductField
from promotions.admin.discounts.widgets import Cards, dress
from promotions.composition import Goods, SetPart
from promotions.models import Discount, ProductSet

MOST_CARDS = 20
EMPTY_CARDS = 2
"""To fill in where there is no JavaScript that adds more."""


class Card(forms.ModelForm):
    @property
    def is_empty(self) -> bool:
        """Only there to be filled in where no script adds cards."""
        is_filled = self.has_changed() if self.is_bound else "whole" in self.initial
        return not self.instance.pk and not is_filled

    def has_changed(self) -> bool:
        """Empty cards that a script took away send nothing at all."""
        is_sent = self.add_prefix("ORDER") in self.data
        return is_sent and super().has_changed()


class CardFormSet(forms.BaseInlineFormSet):
    """Cards that can be added, taken away and put in order."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["id"].error_messages["invalid_choice"] = _(
            "Somebody else took this away while you were editing. Remove it here, too, and add it"
            " anew if it is still needed."
        )
        for name in ("ORDER", "DELETE"):
            if name in form.fields:
                form.fields[name].widget.attrs["class"] = "bo-input"

    @property
    def kept(self) -> list[Any]:
        """The cards that count, in their order, as far as they are filled in."""
        cards: list[Any] = [card for card in self.forms if not cast(Card, card).is_empty]
        if self.is_bound:
            cards = [card for card in cards if not self._is_deleted(card)]
        return sorted(cards, key=self._order)

    @staticmethod
    def _is_deleted(card: Any) -> bool:
        return bool(getattr(card, "cleaned_data", {}).get("DELETE"))

    def _order(self, card: Any) -> tuple[bool, int]:
        order = getattr(card, "cleaned_data", {}).get("ORDER")
        return order is None, order or 0


class Contents(TextChoices):
    """What a product set consists of."""

    CHOSEN = "chosen", _("Chosen products")
    ALL = "all", _("All products")
    PROMOTION = "promotion", _("Personalized promotion")


class SetForm(Card):
    contents = forms.ChoiceField(
        label=_("What is in it"),
        choices=Contents.choices,
        initial=Contents.CHOSEN,
        widget=Cards(
            {
                Contents.CHOSEN: ("sell", _("Products, categories and product groups.")),
                Contents.ALL: ("shopping_cart", _("Everything that is sold.")),
                Contents.PROMOTION: ("redeem", _("What each customer chose from their list.")),
            }
        ),
    )
    goods = GoodsField(label=_("Products in the set"))
    default_product = ProductField(
        label=_("Default product"),
        help_text=ProductSet._meta.get_field("default_product").help_text,
    )

    class Meta:
        model = ProductSet
        fields = (
            "name",
            "contents",
            "goods",
            "personalized_promotion",
            "default_product",
            "required",
            "gets_discount",
            "discounted",
        )

    def __init__(self, *args: Any, goods: Mapping[int, Goods], **kwargs: Any) -> None:
        """`goods` of the sets that there are, by their ids."""
        super().__init__(*args, **kwargs)
        there = goods.get(self.instance.pk) if self.instance.pk else self.initial.get("whole")
        if there:
            self.initial.update(initial_of(there))
            for name in ("goods", "default_product"):
                cast(GoodsField, self.fields[name]).show(self.initial[name])
        dress(self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        contents = cleaned.get("contents")
        if contents != Contents.PROMOTION:
            self._forget("personalized_promotion", "default_product")
        if contents != Contents.CHOSEN:
            self._forget("goods")
        self._ask_for_goods(contents)
        if cleaned.get("required") == 0 and not cleaned.get("gets_discount"):
            self.add_error("required", _("A set that gets no discount requires something."))
        return cleaned

    def _forget(self, *names: str) -> None:
        """What does not count, with what is wrong with it."""
        for name in names:
            self.errors.pop(name, None)
            self.cleaned_data[name] = Goods() if name == "goods" else None

    def _ask_for_goods(self, contents: str | None) -> None:
        goods = self.cleaned_data.get("goods")
        if contents == Contents.CHOSEN and goods is not None and not goods.named:
            self.add_error("goods", _("Choose at least one product, category or product group."))
        promotion = "personalized_promotion"
        is_missing = not self.cleaned_data.get(promotion) and promotion not in self.errors
        if contents == Contents.PROMOTION and is_missing:
            self.add_error(promotion, _("Choose the personalized promotion."))

    def part(self) -> SetPart:
        """What the card says, as far as it is filled in."""
        data, row = getattr(self, "cleaned_data", {}), self.instance
        row.everything = data.get("contents") == Contents.ALL
        named = data.get("goods") or Goods()
        goods = Goods(
            row.everything,
            named.products,
            named.categories,
            named.groups,
            row.personalized_promotion,
            row.default_product,
        )
        return SetPart(row, goods)


def initial_of(goods: Goods) -> dict[str, Any]:
    contents = Contents.ALL if goods.everything else Contents.CHOSEN
    return {
        "contents": Contents.PROMOTION if goods.promotion else contents,
        "goods": goods,
        "personalized_promotion": goods.promotion,
        "default_product": goods.default,
    }


def share_promotions(cards: forms.BaseFormSet) -> None:
    """One query for the drop-downs of all cards, also for that of the empty one."""
    choices: list[Any] | None = None
    for card in cards.forms:
        field = cast(forms.ModelChoiceField, card.fields["personalized_promotion"])
        choices = choices or list(forms.models.ModelChoiceIterator(field))
        field.widget.choices = choices


SetFormSet = forms.inlineformset_factory(
    Discount,
    ProductSet,
    form=SetForm,
    formset=CardFormSet,
    extra=EMPTY_CARDS,
    max_num=MOST_CARDS,
    validate_max=True,
    can_order=True,
)
