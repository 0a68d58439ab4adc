"""Fields of a discount's form whose values are things of the catalogue or of lists met before."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from imports.resources import Text
from promotions.admin.discounts.goods import CATEGORY, GROUP, PRODUCT, Thing, known, tokens_in
from promotions.admin.discounts.widgets import GoodsPicker, NameList
from promotions.composition import Goods
from promotions.models import Product

NAMED_IN_ERRORS = 5


class GoodsField(forms.CharField):
    """Products, categories and product groups; the value is a `Goods`. Three queries at most."""

    widget = GoodsPicker

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, **options})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(Thing(row).token for row in rows_of(value)) if _are_rows(value) else value

    def show(self, value: Goods | Product | None) -> None:
        """Let the widget know the things that it is going to show."""
        things = map(Thing, rows_of(value))
        self.widget.things = {thing.token: thing for thing in things}

    def clean(self, value: Any) -> Any:
        tokens = tokens_in(super().clean(value))
        things = known(tokens)
        if unknown := [token for token in tokens if token not in things]:
            raise ValidationError(_unknown(unknown), code="unknown")
        return self.of([things[token] for token in tokens])

    def of(self, things: list[Thing]) -> Any:
        def rows(kind: str) -> tuple[Any, ...]:
            return tuple(thing.row for thing in things if thing.kind == kind)

        return Goods(products=rows(PRODUCT), categories=rows(CATEGORY), groups=rows(GROUP))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(tokens_in(self.prepare_value(initial) or "")) != set(tokens_in(data or ""))


class ProductField(GoodsField):
    """One product, or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=GoodsPicker(only=PRODUCT, single=True), **options)

    def of(self, things: list[Thing]) -> Product | None:
        if len(things) > 1:
            raise ValidationError(_("Choose one product."), code="several")
        row = things[0].row if things else None
        if row is not None and not isinstance(row, Product):
            raise ValidationError(_("Choose a product."), code="no_product")
        return row


def _are_rows(value: Any) -> bool:
    return value is None or isinstance(value, Goods | Product)


def rows_of(value: Goods | Product | None) -> Iterable[Any]:
    if isinstance(value, Goods):
        return value.named
    return () if value is None else (value,)


def _unknown(tokens: list[str]) -> str:
    named = ", ".join(token.removeprefix(f"{PRODUCT}:") for token in tokens[:NAMED_IN_ERRORS])
    more = len(tokens) - NAMED_IN_ERRORS
    if more > 0:
        named += ngettext(" and %(number)d more", " and %(number)d more", more) % {"number": more}
    return _("The catalogue doesn't have: %(ids)s.") % {"ids": named}


class OneOfThese(forms.TypedMultipleChoiceField):
    """Rows that were fetched once for all cards of a form; the value is a tuple of them."""

    def __init__(self, *, find: Text, **options: Any) -> None:
        super().__init__(required=False, widget=NameList(find=find), **options)
        self.rows: dict[str, Model] = {}

    def offer(self, rows: Iterable[Model]) -> None:
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(key, str(row)) for key, row in self.rows.items()]

    def prepare_value(self, value: Any) -> Any:
        return [str(each.pk) if isinstance(each, Model) else each for each in value or ()]

    def clean(self, value: Any) -> tuple[Model, ...]:
        return tuple(self.rows[key] for key in super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(self.prepare_value(initial)) != set(data or ())
