"""Who might buy: a stranger, and somebody in all that the rules ask for. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from promotions import engine

Standings = Mapping[tuple[str, int], engine.Standing]
Lists = Mapping[int, frozenset[int]]
"""Products by promotion."""


def shoppers(
    rules: Iterable[engine.Rule], lists: Iterable[Lists], standings: Standings
) -> Iterator[engine.Shopper]:
    """The stranger first; then, for each of `lists`, somebody in every group and audience.

    They have chosen all of their lists. Consumers and employees have different ones, and nobody
    is both.
    """
    stranger = engine.Shopper(standings=standings)
    yield stranger
    groups: set[int] = set()
    audiences: set[int] = set()
    for rule in rules:
        groups |= rule.groups
        audiences |= rule.audiences
        for condition in rule.conditions:
            if isinstance(condition, engine.InGroups):
                groups |= condition.ids
            elif isinstance(condition, engine.InAudiences):
                audiences |= condition.ids
    everybody = replace(stranger, groups=frozenset(groups), audiences=frozenset(audiences))
    for chosen in lists:
        picks = {promotion: engine.Picks(rows, rows) for promotion, rows in chosen.items()}
        yield replace(everybody, picks=picks)
