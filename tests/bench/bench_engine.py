"""The pure engine on baskets of twenty lines, and django-oscar on the same offers.

What is timed is `price`, from a basket to a quote; compiling rules happens once for all baskets.
"""

import statistics
import sys
from collections.abc import Sequence
from decimal import Decimal

from promotions.compiled import check_compiled
from promotions.engine import Basket, Quote, Rule, RuleBook, compile_rules, price
from tests.bench import agreeing_cases, harness, oscar_peer
from tests.bench.engine_offers import NOON, SHOPPER, Density, baskets, rules
from tests.bench.harness import Report, timed

NUMBERS = (10, 100, 500, 5000)
AT_MOST = {500: 0.5, 5000: 3.0}  # milliseconds of the median
APPLICABLE = 50
ROUNDS = 5
EXPLAINED = 20
COMPARED = 500


def run(report: Report) -> None:
    print(f"the engine is {'compiled' if check_compiled() else 'interpreted'}", file=sys.stderr)
    asked = baskets(5 if report.small else 200)
    for number in NUMBERS[:3] if report.small else NUMBERS:
        for density in (Density.SPARSE, Density.DENSE):
            speed(report, asked, rules(number, density), f"{number} {density} rules")
    with_what_could_apply(report, asked)
    if harness.is_hasty:
        print("small: not beside django-oscar, whose environment takes a while", file=sys.stderr)
    else:
        beside_oscar(report)


def speed(report: Report, asked: Sequence[Basket], offered: Sequence[Rule], what: str) -> None:
    book = compile_rules(offered)
    quotes = [price(basket, SHOPPER, book, NOON) for basket in asked]
    times = each_timed(asked, book)
    applied = statistics.mean(len(applied_offers(quote)) for quote in quotes)
    exact = sum(quote.is_exact for quote in quotes) / len(quotes)
    what = f"a quote, {what} ({applied:.0f} apply, {exact:.0%} exact)"
    median = statistics.median(times)
    if target := AT_MOST.get(len(offered)):
        report.limit(target, f"{what}, median", median * 1000, "ms")
    else:
        report.note(f"{what}, median", median)
    report.note(f"{what}, p95", statistics.quantiles(times, n=20)[-1])
    report.note(
        f"{what}, median with why not", statistics.median(each_timed(asked[:EXPLAINED], book, True))
    )


def each_timed(asked: Sequence[Basket], book: RuleBook, explained: bool = False) -> list[float]:
    """Of each basket its quickest time of a few: what else runs on the machine is not ours."""

    def quote(basket: Basket) -> object:
        found = price(basket, SHOPPER, book, NOON)
        return found.skipped if explained else found

    rounds = 1 if harness.is_hasty else ROUNDS
    return [min(timed(lambda b=basket: quote(b)) for _ in range(rounds)) for basket in asked]


def applied_offers(quote: Quote) -> set[tuple[str, int]]:
    return {(effect.origin, effect.id) for effect in quote.effects}


def with_what_could_apply(report: Report, asked: Sequence[Basket]) -> None:
    """The same offers about the baskets' goods, among ever more about other goods."""
    about = rules(APPLICABLE, Density.DENSE)
    medians = {}
    for number in (500, 5000) if report.small else (500, 5000, 20_000):
        others = rules(number - APPLICABLE, Density.ABSENT, first=APPLICABLE + 1)
        book = compile_rules([*about, *others])
        each_timed(asked, book)
        medians[number] = statistics.median(each_timed(asked, book))
    first, *larger = medians
    for number in larger:
        what = f"a quote, {APPLICABLE} rules could apply of {number:,}"
        report.at_most(1.5, what, medians[number], f"of {first}", medians[first])


def beside_oscar(report: Report) -> None:
    """At 500 offers, as it ships and with what its ranges hold known to the process."""
    cases = agreeing_cases.cases()
    (basket,) = baskets(1, seed=7)
    compared = {density: rules(COMPARED, density) for density in (Density.SPARSE, Density.DENSE)}
    answer = oscar_peer.ask(cases, {name: (offers, basket) for name, offers in compared.items()})
    for case, theirs in zip(cases, answer["totals"], strict=True):
        assert total(*case) == Decimal(theirs), (case, total(*case), theirs)
    print(f"{len(cases)} baskets cost the same in django-oscar", file=sys.stderr)
    for density, offers in compared.items():
        found = answer["speed"][density]
        ours = statistics.median(each_timed([basket] * 9, compile_rules(offers)))
        what = f"a quote, {COMPARED} {density} rules"
        shipped = f"django-oscar, {found['queries']:,} queries,"
        report.at_least(10_000, what, ours, shipped, found["shipped"])
        report.at_least(500, what, ours, "django-oscar, ranges cached,", found["cached"])


def total(offered: Sequence[Rule], basket: Basket) -> Decimal:
    return price(basket, SHOPPER, compile_rules(offered), NOON).payable
