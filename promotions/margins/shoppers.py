"""Who might buy: somebody in all that the rules ask for, and a stranger. Pure."""

from collections.abc import Iterable, Mapping

from promotions import engine

STRANGER = engine.Shopper()


def in_everything(
    rules: Iterable[engine.Rule], lists: Mapping[int, frozenset[int]]
) -> engine.Shopper:
    """Somebody in every group and audience, who chose all of `lists`: products by promotion."""
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
    picks = {promotion: engine.Picks(chosen, chosen) for promotion, chosen in lists.items()}
    return engine.Shopper(frozenset(audiences), frozenset(groups), picks)
