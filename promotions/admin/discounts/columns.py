"""What the list of discounts says about each of them."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from promotions.admin.discounts.status import SIGNS, Status
from promotions.admin.discounts.usage import budget_bar, counted_uses, uses_bar
from promotions.composition import compositions_of
from promotions.models import Discount
from promotions.models.limited import LimitedOffer
from promotions.wording import places_in_words, sentence, value_in_words


def describe(discounts: Iterable[Any], seen: frozenset[str]) -> None:
    """Give each its sentence, places and uses. Four queries, however many."""
    listed = list(discounts)
    compositions = compositions_of(listed)
    counted = counted_uses([discount.pk for discount in listed])
    for discount in listed:
        composition = compositions[discount.pk]
        discount.words = sentence(composition, seen)
        discount.places = places_in_words(composition.aims.points_of_sale)
        discount.bars = [uses_bar(discount, counted[discount.pk]), budget_bar(discount)]


class DiscountColumns:
    """Rows are to be described by `describe` first."""

    @admin.display(description=gettext_lazy("Name"), ordering="name")
    def shown_name(self, discount: Any) -> SafeString:
        return format_html(
            '<span class="pr-name">{}</span><span class="pr-words bo-quiet">{}</span>',
            discount.name,
            discount.words,
        )

    @admin.display(description=gettext_lazy("Discount"), ordering="value")
    def shown_value(self, discount: Discount) -> SafeString:
        return format_html('<span class="pr-value">{}</span>', value_in_words(discount))

    @admin.display(description=gettext_lazy("Where"))
    def where(self, discount: Any) -> str:
        return discount.places or _("Everywhere")

    @admin.display(description=gettext_lazy("When"), ordering="start")
    def when(self, discount: Discount) -> SafeString:
        return format_html(
            '<span>{} –</span> <span>{}</span> <span class="bo-quiet">{}</span>',
            written(discount.start, discount),
            written(discount.end, discount),
            discount.time_zone,
        )

    @admin.display(description=gettext_lazy("With other offers"), ordering="priority")
    def with_others(self, discount: Discount) -> SafeString:
        return format_html(
            '<span>{}</span> <span class="bo-quiet">{}</span>',
            discount.get_stacking_display(),
            _("priority %(number)s") % {"number": discount.priority},
        )

    @admin.display(description=gettext_lazy("Status"), ordering="status_at")
    def status(self, discount: Any) -> SafeString:
        return badge(Status(discount.status_at))

    @admin.display(description=gettext_lazy("Uses and budget"))
    def used(self, discount: Any) -> SafeString:
        bars = [bar for bar in discount.bars if bar]
        return render_to_string("admin/promotions/discount/bars.html", {"bars": bars})


def badge(status: Status) -> SafeString:
    return format_html(
        '<span class="bo-status bo-status-{}">'
        '<span class="material-symbols-outlined" aria-hidden="true">{}</span>{}</span>',
        status.value,
        SIGNS[status],
        status.label,
    )


def written(moment: dt.datetime, offer: LimitedOffer) -> str:
    """On the clocks of the offer's zone."""
    return f"{timezone.localtime(moment, offer.zone):%Y-%m-%d %H:%M}"


def row_actions(request: HttpRequest) -> Callable[[Discount], SafeString]:
    """A column with the buttons that this user may press."""
    may = {
        verb: request.user.has_perm(f"promotions.{verb}_discount")
        for verb in ("add", "change", "delete")
    }

    @admin.display(description=gettext_lazy("Actions"))
    def actions(discount: Discount) -> SafeString:
        context = {"discount": discount, "may": may}
        return render_to_string("admin/promotions/discount/row_actions.html", context)

    return actions
