"""A receipt as the back-office draws it: with ways to products and offers, and its entries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from loyalty.models import Entry, Purpose
from loyalty.purchases.wording import CameBack, Effect, Line, Receipt, points_in_words
from promotions.admin.try_basket.receipt import Take, tones_of
from promotions.models import Product
from promotions.pricing.explanations import part_in_words
from promotions.pricing.wording import number

OFFERS = {
    "discount": ("promotions.view_discount", "admin:promotions_discount_change"),
    "personal_offer": ("loyalty.view_personaloffer", "admin:loyalty_personaloffer_change"),
}
"""By kind of offer, who sees its page, and where that is."""
SEES_PRODUCTS = "promotions.view_product"


@dataclass(frozen=True)
class DrawnLine(Line):
    url: str
    takes: Sequence[Take]

    @property
    def earned(self) -> str:
        return points_in_words(self.line.points_earned)

    @property
    def spent(self) -> str:
        return self.money(self.line.points_spent) if self.line.points_spent else ""


@dataclass(frozen=True)
class DrawnReturn(CameBack):
    when: str
    points: Sequence[str]


@dataclass(frozen=True)
class Drawing(Receipt):
    """A receipt for one user, at a moment. Two queries."""

    user: Any

    @property
    def when(self) -> str:
        return self.names.moment(self.purchase.at)

    @property
    def cancelled(self) -> str:
        at = self.purchase.cancelled_at
        return self.names.moment(at) if at else ""

    @property
    def expired(self) -> str:
        return points_in_words(self.record.points_expired)

    @property
    def missing(self) -> str:
        return points_in_words(self.record.points_missing)

    @property
    def lines(self) -> Sequence[DrawnLine]:
        products, takes = self._products(), self._takes()
        return [
            DrawnLine(
                **vars(each),
                url=products.get(each.line.product_id, ""),
                takes=takes[each.line.line],
            )
            for each in super().lines
        ]

    def _products(self) -> Mapping[int | None, str]:
        """Where those are that the user may see. One query."""
        if not self.user.has_perm(SEES_PRODUCTS):
            return {}
        ids = {each.product_id for each in self.record.lines if each.product_id}
        known = Product.objects.filter(pk__in=ids).values_list("pk", flat=True)
        return {pk: reverse("admin:promotions_product_change", args=[pk]) for pk in known}

    def _takes(self) -> Mapping[str, list[Take]]:
        """By the line's id."""
        quantities = {line.line: line.quantity for line in self.record.lines}
        tones = tones_of(each.applied for each in self.effects)
        found: dict[str, list[Take]] = defaultdict(list)
        for each in self.effects:
            applied = each.applied
            words = part_in_words(applied.units, quantities[applied.line])
            tone = tones[applied.origin, applied.id]
            take = Take(each.offer, self._offer_url(each), words, self._given(each), tone)
            found[applied.line].append(take)
        return found

    def _given(self, effect: Effect) -> str:
        if effect.applied.points:
            return _("+%(points)s points") % {"points": number(effect.applied.points)}
        return f"−{self.summary.money(effect.applied.amount)}"

    def _offer_url(self, effect: Effect) -> str:
        permission, page = OFFERS.get(effect.applied.origin, ("", ""))
        may_see = page and self.user.has_perm(permission)
        return reverse(page, args=[effect.applied.id]) if may_see else ""

    @property
    def returns(self) -> Sequence[DrawnReturn]:
        return [
            DrawnReturn(**vars(each), when=self.names.moment(each.row.at), points=_points(each))
            for each in super().returns
        ]

    def entries(self) -> list[tuple[Entry, str, str, str]]:
        """Of the ledger: with when, how much, and from when on points can be spent. One query."""
        whose = {"customer_id": self.purchase.customer_id, "purchase_id": self.purchase.id}
        found = Entry.objects.filter(**whose).order_by("id") if whose["customer_id"] else []
        opens = self.record.points_open_at
        pending = self._clock(opens) if opens and opens > self.at else ""
        return [
            (
                each,
                self._clock(each.at),
                signed(each.amount),
                pending if each.purpose == Purpose.ISSUED else "",
            )
            for each in found
        ]

    def _clock(self, at: dt.datetime) -> str:
        """At the point of sale, whose zone is told once."""
        return f"{at.astimezone(self.names.zone):%Y-%m-%d %H:%M}"


def _points(returned: CameBack) -> list[str]:
    row = returned.row
    given = {
        _("%(points)s points given back"): row.points_spent,
        _("%(points)s points taken back"): row.points_taken,
        _("%(points)s points had expired"): row.points_expired,
        _("%(points)s points missing, spent before"): row.points_missing,
    }
    return [words % {"points": number(points)} for words, points in given.items() if points]


def signed(amount: Decimal) -> str:
    return f"{'+' if amount > 0 else '−'}{number(abs(amount))}"
