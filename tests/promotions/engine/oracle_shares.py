"""Every way in which the units of a basket can be shared out among rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations, groupby

from promotions.engine import Goods, ProductSet, Rule, Scope, Stacking
from tests.promotions.engine.oracle_goods import Unit

Key = tuple[str, int]
Units = frozenset[int]
Wanted = Callable[[Goods, Unit], bool]
NONE: Units = frozenset()


@dataclass(frozen=True)
class Share:
    """Which rule takes which units: all of them, and those among them that get the discount."""

    taken: dict[Key, Units] = field(default_factory=dict)
    targets: dict[Key, Units] = field(default_factory=dict)
    receipt: Key | None = None
    """The one-per-item rule on the receipt."""

    def given(self, rule: Rule, taken: Units, targets: Units) -> "Share":
        return replace(
            self,
            taken={**self.taken, rule.key: taken},
            targets={**self.targets, rule.key: targets},
        )

    def kind(self, units: list[Unit]) -> tuple:
        """The same for shares that differ only in which units of a line are which."""

        def role(unit: Unit) -> tuple:
            return unit.line, tuple(
                (key, unit.number in self.targets[key])
                for key in sorted(self.taken)
                if unit.number in self.taken[key]
            )

        return self.receipt, tuple(sorted(role(unit) for unit in units))


def shares(rules: list[Rule], units: list[Unit], wanted: Wanted) -> Iterator[Share]:
    """One share of each kind."""
    seen = set()
    for share in all_shares(rules, units, wanted):
        kind = share.kind(units)
        if kind not in seen:
            seen.add(kind)
            yield share


def all_shares(rules: list[Rule], units: list[Unit], wanted: Wanted) -> Iterator[Share]:
    single = [rule for rule in rules if rule.stacking != Stacking.COMBINES]
    with_sets = [rule for rule in rules if rule.sets]
    plain = [rule for rule in single if not rule.sets and rule.scope != Scope.RECEIPT]
    limited = [rule for rule in plain if rule.units is not None]
    unlimited = [rule for rule in plain if rule.units is None]
    receipts = [None, *(rule.key for rule in single if rule.scope == Scope.RECEIPT)]
    everything = frozenset(unit.number for unit in units)
    for sets in shares_of_sets(with_sets, units, everything, wanted):
        held = NONE.union(*(sets.taken[rule.key] for rule in single if rule.sets))
        for some in shares_of_limited(limited, units, everything - held, wanted, sets):
            left = everything - NONE.union(*(some.taken.get(rule.key, NONE) for rule in single))
            for share in shares_of_lines(unlimited, units, left, wanted, some):
                yield from (replace(share, receipt=key) for key in receipts)


def shares_of_sets(
    rules: list[Rule], units: list[Unit], free: Units, wanted: Wanted
) -> Iterator[Share]:
    """A unit serves one set of one rule, once: sets of all rules compete with each other."""
    if not rules:
        yield Share()
        return
    for taken, targets in uses(rules[0], units, free, wanted):
        for others in shares_of_sets(rules[1:], units, free - taken, wanted):
            yield others.given(rules[0], taken, targets)


def uses(rule: Rule, units: list[Unit], free: Units, wanted: Wanted) -> set[tuple[Units, Units]]:
    """What up to so many applications can take and discount together."""
    reached = last = {(NONE, NONE)}
    times = 0
    while last and (rule.uses is None or times < rule.uses):
        times += 1
        last = {
            (taken | more, targets | more_targets)
            for taken, targets in last
            for more, more_targets in applications(rule.sets, units, free - taken, wanted)
        } - reached
        reached = reached | last
    return reached


def applications(
    sets: tuple[ProductSet, ...], units: list[Unit], free: Units, wanted: Wanted
) -> Iterator[tuple[Units, Units]]:
    if not sets:
        yield NONE, NONE
        return
    first = sets[0]
    suitable = [unit.number for unit in units if unit.number in free and wanted(first.goods, unit)]
    least = max(first.required, 1 if first.discounted else 0)
    for size in range(least, max(least, first.discounted) + 1):
        for taken in map(frozenset, combinations(suitable, size)):
            for rest, rest_targets in applications(sets[1:], units, free - taken, wanted):
                for targets in combinations(sorted(taken), min(size, first.discounted)):
                    yield taken | rest, rest_targets.union(targets)


def shares_of_limited(
    rules: list[Rule], units: list[Unit], free: Units, wanted: Wanted, share: Share
) -> Iterator[Share]:
    if not rules:
        yield share
        return
    first = rules[0]
    suitable = [unit.number for unit in units if unit.number in free and wanted(first.goods, unit)]
    for size in range(min(first.units or 0, len(suitable)) + 1):
        for taken in map(frozenset, combinations(suitable, size)):
            given = share.given(first, taken, taken)
            yield from shares_of_limited(rules[1:], units, free - taken, wanted, given)


def shares_of_lines(
    rules: list[Rule], units: list[Unit], left: Units, wanted: Wanted, share: Share
) -> Iterator[Share]:
    """What is left of a line goes to one rule as a whole, or to none."""
    lines = [
        list(line)
        for _, line in groupby(
            (unit for unit in units if unit.number in left), key=lambda unit: unit.line
        )
    ]
    choices: list[dict[Key, Units]] = [{}]
    for line in lines:
        numbers = frozenset(unit.number for unit in line)
        takers = [rule for rule in rules if wanted(rule.goods, line[0])]
        choices = [
            *choices,
            *(
                {**choice, rule.key: choice.get(rule.key, NONE) | numbers}
                for choice in choices
                for rule in takers
            ),
        ]
    for choice in choices:
        yield replace(share, taken={**share.taken, **choice}, targets={**share.targets, **choice})
