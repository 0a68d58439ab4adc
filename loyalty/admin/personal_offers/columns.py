"""What the list of personal offers says about each of them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loyalty.admin.personal_offers.signs import MECHANICS
from loyalty.admin.personal_offers.status import Status, badge
from loyalty.models import OfferCount, PersonalOffer
from loyalty.models.personal_offers import TABLES
from loyalty.personal.composition import compositions_of
from loyalty.personal.wording import budget, preference_in_words, sentence
from promotions.admin.discounts.columns import written
from promotions.admin.discounts.usage import budget_bar, counted_uses, uses_bar
from promotions.wording import targets_in_words

SHORT = {
    PersonalOffer.Mechanic.AUDIENCE: gettext_lazy("Audience"),
    PersonalOffer.Mechanic.PRODUCTS: gettext_lazy("Products"),
    PersonalOffer.Mechanic.CATEGORIES: gettext_lazy("Categories"),
    PersonalOffer.Mechanic.PRODUCT_GROUPS: gettext_lazy("Product groups"),
    PersonalOffer.Mechanic.RECEIPT_AMOUNT: gettext_lazy("Receipt amounts"),
}


def describe(offers: Iterable[Any], seen: frozenset[str]) -> None:
    """Give each its sentence, whom it is for, and its uses. Three queries, however many."""
    listed = list(offers)
    compositions = compositions_of(listed)
    counted = counted_uses([offer.pk for offer in listed], TABLES)
    for offer in listed:
        composition = compositions[offer.pk]
        offer.words = sentence(composition, seen)
        offer.aimed_at = targets_in_words(composition.aims, seen)
        spent_of = None if offer.budget is None else budget(offer).partition(" ")[2]
        offer.bars = [uses_bar(offer, counted[offer.pk]), budget_bar(offer, spent_of)]


def members(offer: Any) -> str:
    """For whom, without counting anybody."""
    if not offer.has_items:
        return (
            _("All customers") if offer.all_customers else capfirst(offer.aimed_at or _("Nobody"))
        )
    if not offer.counted:
        return _("No items yet")
    return with_items(offer.counted)


def with_items(number: int) -> str:
    words = ngettext("%(number)s customer with items", "%(number)s customers with items", number)
    return words % {"number": number_format(number, force_grouping=True)}


class PersonalOfferColumns:
    """Rows are to be described by `describe` first."""

    @admin.display(description=gettext_lazy("Name"), ordering="name")
    def shown_name(self, offer: PersonalOffer) -> str:
        return offer.name

    @admin.display(description=gettext_lazy("Title"), ordering="title")
    def shown_title(self, offer: Any) -> SafeString:
        return format_html(
            '<span class="pr-name">{}</span><span class="pr-words bo-quiet" title="{}">{}</span>',
            offer.title,
            offer.words,
            offer.words,
        )

    @admin.display(description=gettext_lazy("Mechanic"), ordering="mechanic")
    def shown_mechanic(self, offer: PersonalOffer) -> SafeString:
        return format_html(
            '<span class="lp-mechanic"><span class="material-symbols-outlined"'
            ' aria-hidden="true">{}</span>{}</span>',
            MECHANICS[offer.mechanic][0],
            SHORT[PersonalOffer.Mechanic(offer.mechanic)],
        )

    @admin.display(description=gettext_lazy("Preference"), ordering="preference")
    def shown_preference(self, offer: PersonalOffer) -> SafeString:
        return format_html(
            '<span class="pr-value">{}</span>{}',
            preference_in_words(offer),
            format_html(' <span class="bo-quiet">{}</span>', _("needs acceptance"))
            if offer.needs_acceptance
            else "",
        )

    @admin.display(description=gettext_lazy("For whom"))
    def for_whom(self, offer: Any) -> str:
        return members(offer)

    @admin.display(description=gettext_lazy("When"), ordering="start")
    def when(self, offer: PersonalOffer) -> SafeString:
        return format_html(
            '<span>{} –</span> <span>{}</span> <span class="bo-quiet">{}</span>',
            written(offer.start, offer),
            written(offer.end, offer),
            offer.time_zone,
        )

    @admin.display(description=gettext_lazy("Status"), ordering="status_at")
    def status(self, offer: Any) -> SafeString:
        return badge(Status(offer.status_at))

    @admin.display(description=gettext_lazy("Uses and budget"))
    def used(self, offer: Any) -> SafeString:
        bars = [bar for bar in offer.bars if bar]
        return render_to_string("admin/promotions/discount/bars.html", {"bars": bars})


def row_actions(request: HttpRequest) -> Callable[[PersonalOffer], SafeString]:
    """A column with the buttons that this user may press."""
    may = {
        verb: request.user.has_perm(f"loyalty.{verb}_personaloffer")
        for verb in ("add", "change", "delete")
    }
    may["import"] = request.user.has_perm("loyalty.import_items")

    @admin.display(description=gettext_lazy("Actions"))
    def actions(offer: PersonalOffer) -> SafeString:
        context = {"offer": offer, "may": may}
        return render_to_string("admin/loyalty/personaloffer/row_actions.html", context)

    return actions


def count_of(offer: PersonalOffer) -> OfferCount | None:
    """As counted last. One query."""
    return OfferCount.objects.filter(offer=offer).first()
