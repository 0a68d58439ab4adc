"""P7: every reason has a sentence, and the figures stand in it."""

import dataclasses
import datetime as dt
import zoneinfo
from decimal import Decimal

import pytest
from django.utils import translation

from promotions.engine import Applied, Kind, Reason, Rule, Skipped, Times
from promotions.pricing.explanations import WORDS, applied_in_words, in_words
from promotions.pricing.wording import Names

NOON = dt.datetime(2026, 6, 15, 12, 0, tzinfo=dt.UTC)
NAMES = Names(
    currency="EUR",
    zone=zoneinfo.ZoneInfo("Europe/Warsaw"),
    offers={("discount", 1): "Tea", ("discount", 2): "Cake", ("discount", 3): "Juice"},
    sets={("discount", 1): ["Two teas", "A cup"]},
    promotions={7: "Your five"},
)


def said(reason, figures=None, names=NAMES):
    sentence = in_words(Skipped("discount", 1, reason, figures or {}), names)
    return sentence.replace("\u00a0", " ")


SENTENCES = [
    (Reason.NOT_YET, {"start": NOON}, "Starts on 2026-06-15 14:00 (Europe/Warsaw)."),
    (
        Reason.OVER,
        {"end": NOON.replace(second=1)},
        "Ended on 2026-06-15 14:00:01 (Europe/Warsaw).",
    ),
    (Reason.NOT_HERE, {}, "Not valid at this point of sale."),
    (Reason.CURRENCY, {"currency": "PLN"}, "Only for prices in PLN; this basket is in EUR."),
    (Reason.NOT_FOR_YOU, {}, "Meant for certain customers, of whom this one is not."),
    (Reason.NOT_ACCEPTED, {"answer": "pending"}, "Waits for the customer's yes."),
    (Reason.NOT_ACCEPTED, {"answer": "declined"}, "This customer declined it."),
    (
        Reason.BELOW_THRESHOLD,
        {"threshold": Decimal(1000), "found": Decimal("999.9")},
        "Starts at 1,000.00 EUR; after line discounts the receipt is 999.90 EUR.",
    ),
    (
        Reason.LIMIT,
        {"limit": "unknown", "allowed": 0},
        "Limited for each customer, and nobody knows who this is.",
    ),
    (Reason.LIMIT, {"limit": "total", "allowed": 1}, "Its only use is used up."),
    (Reason.LIMIT, {"limit": "total", "allowed": 1000}, "All of its 1,000 uses are used up."),
    (
        Reason.LIMIT,
        {"limit": "day", "allowed": 1},
        "One use per customer a day, and this customer had it.",
    ),
    (
        Reason.LIMIT,
        {"limit": "week", "allowed": 2},
        "2 uses per customer a week, and this customer had them.",
    ),
    (
        Reason.LIMIT,
        {"limit": "month", "allowed": 3},
        "3 uses per customer a month, and this customer had them.",
    ),
    (
        Reason.LIMIT,
        {"limit": "ever", "allowed": 4},
        "4 uses per customer, and this customer had them.",
    ),
    (Reason.NO_PRODUCTS, {}, "None of its products is in the basket."),
    (
        Reason.NO_CHOICE,
        {"promotion": 7},
        "This customer has chosen nothing in “Your five” yet.",
    ),
    (
        Reason.SET_INCOMPLETE,
        {"set": 0, "required": 2, "found": 1},
        "Product set “Two teas” needs 2 products; the basket has 1 for it.",
    ),
    (
        Reason.BUDGET,
        {"left": Decimal("5"), "needed": Decimal("1007.5")},
        "It would take 1,007.50 EUR, but only 5.00 EUR of its budget is left.",
    ),
    (
        Reason.NOTHING_TO_SAVE,
        {},
        "Nothing to save: its products in the basket would cost no less.",
    ),
    (
        Reason.ALONE,
        {"offer": ("discount", 2)},
        "“Cake” stands alone: nothing else applies beside it.",
    ),
    (
        Reason.OTHERS_SAVE_MORE,
        {"saving": Decimal("5"), "others": Decimal("7")},
        "It stands alone and would save 5.00 EUR; the other offers save 7.00 EUR.",
    ),
    (
        Reason.OUTDONE,
        {"offers": [("discount", 2)]},
        "“Cake” has its products, and so the customer pays least.",
    ),
    (
        Reason.OUTDONE,
        {"offers": [("discount", 1), ("discount", 2), ("discount", 3)]},
        "“Tea”, “Cake” and “Juice” have its products, and so the customer pays least.",
    ),
]


@pytest.mark.parametrize(("reason", "figures", "sentence"), SENTENCES)
def test_a_reason_is_a_sentence_with_its_figures(reason, figures, sentence):
    assert said(reason, figures) == sentence


def test_every_reason_has_words_and_a_sentence_here():
    assert set(WORDS) == set(Reason)
    assert {reason for reason, *_ in SENTENCES} | {Reason.CONDITION} == set(Reason)


AMOUNT = {"condition": "order_amount", "minimum": Decimal(50), "maximum": None}


@pytest.mark.parametrize(
    ("failed", "sentence"),
    [
        (
            AMOUNT | {"found": Decimal("32.5")},
            "Needs an order amount of 50.00 EUR (the basket has 32.50 EUR, 17.50 EUR are missing).",
        ),
        (
            AMOUNT | {"maximum": Decimal(60), "found": Decimal("61")},
            "Needs an order amount of 60.00 EUR at most (the basket has 61.00 EUR).",
        ),
        (
            {"condition": "products", "quantity": 3, "found": 1},
            "Needs 3 units of its products (the basket has 1).",
        ),
        ({"condition": "times", "at": NOON}, "Needs another time (it is Monday, 14:00)."),
        ({"condition": "points_of_sale"}, "Needs another point of sale."),
        ({"condition": "in_groups"}, "Needs a customer of certain groups."),
        ({"condition": "in_audiences"}, "Needs a customer of certain audiences."),
    ],
)
def test_e22_a_condition_that_failed_says_what_is_missing(failed, sentence):
    assert said(Reason.CONDITION, {"failed": [failed]}) == sentence


def names_with(*conditions, any_condition=False):
    rule = Rule(
        id=1,
        kind=Kind.PERCENTAGE,
        value=Decimal(10),
        start=NOON,
        end=NOON + dt.timedelta(days=1),
        conditions=conditions,
        any_condition=any_condition,
    )
    return dataclasses.replace(NAMES, rules={rule.key: rule})


@pytest.mark.parametrize(
    ("times", "when"),
    [
        (Times(frozenset({0, 1, 2}), dt.time(15), None), "Mon–Wed 15:00–24:00"),
        (Times(frozenset(), dt.time(10), dt.time(12)), "10:00–12:00"),
        (Times(frozenset({5, 6})), "Sat, Sun"),
    ],
)
def test_e22_a_condition_of_time_says_when_it_holds(times, when):
    always = Times(frozenset({0}))
    sentence = said(
        Reason.CONDITION,
        {"failed": [{"condition": "times", "at": NOON}]},
        names_with(always, times),
    )
    assert sentence == f"Needs another time: {when} (it is Monday, 14:00)."


def test_e22_several_conditions_that_failed_are_joined_as_they_combine():
    figures = {"failed": [{"condition": "in_groups"}, {"condition": "points_of_sale"}]}
    both = said(Reason.CONDITION, figures, names_with())
    either = said(Reason.CONDITION, figures, names_with(any_condition=True))
    assert both == "Needs a customer of certain groups and another point of sale."
    assert either == "Needs a customer of certain groups or another point of sale."


def test_e22_what_several_conditions_need_alike_is_said_once():
    figures = {"failed": [{"condition": "in_groups"}, {"condition": "in_groups"}]}
    assert said(Reason.CONDITION, figures) == "Needs a customer of certain groups."


@pytest.mark.parametrize(
    ("currency", "digits", "shown"), [("JPY", 0, "1,200 JPY"), ("KWD", 3, "1,200.000 KWD")]
)
def test_money_has_the_decimals_of_its_currency(currency, digits, shown):
    names = Names(currency=currency, digits=digits)
    figures = {"left": Decimal(0), "needed": Decimal(1200)}
    assert said(Reason.BUDGET, figures, names).startswith(f"It would take {shown}, but")


def test_money_is_never_shown_as_less_than_it_is():
    assert Names().money(Decimal("1.3350")) == "1.335\u00a0EUR"


def test_an_offer_without_a_name_is_called_by_its_number():
    figures = {"offer": ("discount", 99)}
    assert said(Reason.ALONE, figures) == "“#99” stands alone: nothing else applies beside it."


def test_a_set_without_a_name_is_called_by_its_place():
    figures = {"set": 2, "required": 1, "found": 0}
    sentence = "Product set 3 needs 1 product; the basket has 0 for it."
    assert said(Reason.SET_INCOMPLETE, figures) == sentence


@pytest.mark.parametrize(
    ("applied", "words"),
    [
        (
            {"units": Decimal(1), "amount": Decimal(3)},
            "3.00 EUR off 1 unit",
        ),
        ({"units": Decimal(2), "amount": Decimal("0.5")}, "0.50 EUR off 2 units"),
        ({"units": Decimal("1.3420"), "amount": Decimal(3)}, "3.00 EUR off 1.342 units"),
        ({"units": Decimal(2), "points": Decimal("12.50")}, "12.5 points on 2 units"),
    ],
)
def test_what_an_offer_did_to_a_line(applied, words):
    said = applied_in_words(Applied("discount", 1, line="1", **applied), NAMES)
    assert said.replace("\u00a0", " ") == words


def test_sentences_are_in_the_reader_s_language():
    with translation.override("pl"):
        assert (
            said(Reason.BUDGET, {"left": Decimal("0.5"), "needed": Decimal(2)}).count("0,50") == 1
        )
