"""The shop that the machine drives, the plain one beside it, and what must be true after a step."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db.models import Sum
from django.utils import timezone
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant

from customers.planned import fetch_all
from customers.verification import stated, verify
from loyalty.ledger import balances
from loyalty.models import (
    Entry,
    HeldQuote,
    Lot,
    OfferAnswer,
    OfferItems,
    OfferUse,
    PersonalOffer,
    Programme,
)
from promotions.models import Discount, Use
from tests import emptying
from tests.factories import NOON, make_audience, make_group
from tests.loyalty.plain_ledger import Plain
from tests.loyalty.stateful.plain_shop import (
    Counted,
    Person,
    PlainHold,
    PlainPurchase,
    given,
)
from tests.promotions.factories import (
    make_category,
    make_point_of_sale,
    make_product,
    make_product_group,
)

HOUR = dt.timedelta(hours=1)
PRODUCTS = ("TEA", "CAKE")


# In one statement, planned once: asked one by one, they take nearly all of the machine's time.
BROKEN = " UNION ALL ".join(f"SELECT '{each.name}' WHERE EXISTS ({each.sql})" for each in stated())


def broken(at: dt.datetime) -> dict[str, object]:
    """The evidence of `manage.py verify`, by the name of what does not hold."""
    names = {name for (name,) in fetch_all(BROKEN, {"at": at})}
    found = verify([each for each in stated() if each.name in names], at=at)
    return {each.invariant.name: each.evidence for each in found}


class World(RuleBasedStateMachine):
    people = Bundle("people")
    discounts = Bundle("discounts")
    offers = Bundle("offers")
    purchases = Bundle("purchases")
    holds = Bundle("holds")
    batches = Bundle("batches")
    uploads = Bundle("uploads")
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        emptying.empty(None)
        self.now = self.swept = NOON
        self.plain = Plain(0)
        self.everybody: list[Person] = []
        self.bought: list[PlainPurchase] = []
        self.held: list[PlainHold] = []
        self.counted: list[Counted] = []
        self.answers: dict[tuple[int, int, int], bool] = {}
        """By customer, offer and product."""
        self.items: dict[tuple[int, int], set[str]] = {}
        """What customers' items of offers are for."""
        self.programme = Programme.objects.create(delay_days=1)
        sweets = make_category("Sweets", external_id="SWEETS")
        cakes = make_category("Cakes", external_id="CAKES", parent=sweets)
        self.products = {
            "TEA": make_product("Tea", external_id="TEA"),
            "CAKE": make_product("Cake", external_id="CAKE", category=cakes),
        }
        make_product_group("All for school", products=[self.products["TEA"]])
        for key, currency in (("EUR", "EUR"), ("JPY", "JPY"), ("KWD", "KWD")):
            make_point_of_sale(key=key, currency=currency)
        self.group, self.audience = make_group(title="Friends"), make_audience(name="Chosen")

    @contextmanager
    def clock(self) -> Iterator[None]:
        """Jobs are an entrance: they look at the clock."""
        with mock.patch.object(timezone, "now", return_value=self.now):
            yield

    def lots_of(self, person: Person):
        return self.plain.lots[person.number]

    @invariant()
    def all_is_well(self) -> None:
        World.steps += 1
        assert broken(self.now) == {}
        self.points_are_as_expected_P8()
        self.uses_are_of_what_was_bought_P14()
        self.answers_and_items_are_as_given_L14()

    def points_are_as_expected_P8(self) -> None:
        ids = [person.pk for person in self.everybody]
        found = defaultdict(list)
        rows = Lot.objects.order_by("entry_id")
        for customer, *lot in rows.values_list(
            "customer_id", "remaining", "opens_at", "expires_at"
        ):
            found[customer].append(tuple(lot))
        sums = Entry.objects.values_list("customer_id").annotate(Sum("amount"))
        entries, spendable = dict(sums), balances(ids, at=self.now)
        for person in self.everybody:
            lots = self.lots_of(person)
            assert found[person.pk] == [(lot.left, lot.opens_at, lot.expires_at) for lot in lots]
            assert entries.get(person.pk, 0) == sum(lot.left for lot in lots)
            assert spendable[person.pk] == self.plain.balance(person.number, self.now)

    def uses_are_of_what_was_bought_P14(self) -> None:
        expected = {}
        for each in self.bought:
            for (kind, offer), amount in given(each.uses).items():
                is_back = each.is_given_back
                expected[str(each.public_id), kind, offer] = (amount, is_back)
        for hold in (each for each in self.held if not each.is_over):
            for (kind, offer), amount in given(hold.uses).items():
                expected[str(hold.token), kind, offer] = (amount, False)
        assert {key: row for key, row in self.uses() if key in expected or not row[1]} == expected
        live = {hold.token for hold in self.held if not hold.is_over}
        assert set(HeldQuote.objects.values_list("token", flat=True)) == live

    def uses(self):
        for kind, model, column in (
            ("discount", Use, "discount_id"),
            ("personal_offer", OfferUse, "offer_id"),
        ):
            for purchase, offer, *row in model.objects.values_list(
                "purchase", column, "amount", "is_given_back"
            ):
                yield (purchase, kind, offer), tuple(row)

    def answers_and_items_are_as_given_L14(self) -> None:
        said = OfferAnswer.objects.values_list("customer_id", "offer_id", "item", "accepted")
        assert {tuple(key): accepted for *key, accepted in said} == self.answers
        assert set(OfferItems.objects.values_list("customer_id", "offer_id")) == set(self.items)

    def drop_answers(self, customer: int, offer: int) -> None:
        """To products that are no longer among the items, and to what is gone as a whole."""
        kept = self.items.get((customer, offer))
        for key in [key for key in self.answers if key[:2] == (customer, offer)]:
            if kept is None or (key[2] and str(key[2]) not in kept):
                del self.answers[key]

    def stay_within_limits(self, kind: str, pk: int, person: Person | None) -> None:
        """Of an offer that was just used."""
        offer = (Discount if kind == "discount" else PersonalOffer).objects.get(pk=pk)
        uses = [u for u in self.counted if u.counts and (u.kind, u.offer) == (kind, pk)]
        mine = (
            [use for use in uses if use.person is person and not person.is_erased] if person else []
        )
        last = self.counted[-1].at.astimezone(offer.zone).date()
        today = [use for use in mine if use.at.astimezone(offer.zone).date() == last]
        assert len(uses) <= (offer.most_uses or len(uses))
        assert len(mine) <= (offer.most_a_customer or len(mine))
        assert len(today) <= (offer.most_a_day or len(today))
        assert person or not (offer.most_a_customer or offer.most_a_day)
