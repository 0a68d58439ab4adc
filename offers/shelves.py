"""The offers of one altshop as a process keeps them, found by whom they reach."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet

from customers.audiences.facts import PLACES, Facts
from customers.audiences.fields import GROUPS
from customers.audiences.index import CompiledAudiences
from offers.models import AltShop, PrivateOffer, PrivateOfferAudience, PrivateOfferGroup

NO_AUDIENCES = CompiledAudiences({})


@dataclass(frozen=True)
class Viewer:
    """What decides about what a customer sees; `facts` are there if any offer is aimed."""

    assigned: list[int]
    facts: Facts | None = None
    audiences: CompiledAudiences = NO_AUDIENCES

    def groups(self) -> list[int]:
        return self.facts.row[PLACES[GROUPS]] if self.facts else []

    def audiences_at(self, at: dt.datetime) -> Iterable[int]:
        if self.facts is None:
            return ()
        return self.audiences.holding(self.facts, at).union(self.facts.static_audiences)


@dataclass(frozen=True)
class Shelf:
    """The live and scheduled offers of one altshop."""

    private: dict[int, PrivateOffer] = field(default_factory=dict)
    public: list[PrivateOffer] = field(default_factory=list)
    by_group: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_audience: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def put(self, offer: Any) -> None:
        if offer.is_public:
            self.public.append(offer)
            return
        self.private[offer.pk] = offer
        for group in offer.group_ids:
            self.by_group[group].append(offer.pk)
        for audience in [*offer.audience_ids, *offer.followed_ids]:
            self.by_audience[audience].append(offer.pk)

    def ids_for(self, viewer: Viewer, altshop: AltShop, at: dt.datetime) -> set[int]:
        """Private offers that reach the viewer, also of other altshops and over by now."""
        found = set(viewer.assigned)
        if self.by_group:
            found.update(*[self.by_group[g] for g in viewer.groups() if g in self.by_group])
        if self.by_audience:
            here = [
                a for a in viewer.audiences_at(at.astimezone(altshop.zone)) if a in self.by_audience
            ]
            found.update(*[self.by_audience[audience] for audience in here])
        return found


def stock(at: dt.datetime) -> QuerySet[Any]:
    """What can be put on shelves: live or scheduled `at`, with its targets. One query."""

    def targets(model: type[Model], name: str, **conditions: Any) -> ArraySubquery:
        rows = model._default_manager.filter(offer_id=OuterRef("pk"), **conditions)
        return ArraySubquery(rows.values(name))

    followed = {"group__audience__isnull": False}
    return (
        PrivateOffer.objects.filter(is_active=True, end__gt=at)
        .select_related("picture")
        .annotate(
            altshop_ids=ArrayAgg("altshops"),
            group_ids=targets(PrivateOfferGroup, "group_id"),
            followed_ids=targets(PrivateOfferGroup, "group__audience_id", **followed),
            audience_ids=targets(PrivateOfferAudience, "audience_id"),
        )
    )
