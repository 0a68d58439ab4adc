"""Whom rules are for: groups, audiences, who has lists of personalized promotions, and members."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from customers.models import CustomerGroup
from promotions.engine import InAudiences, InGroups, Rule
from promotions.models import PersonalizedPromotion


@dataclass(frozen=True)
class Promotions:
    """The personalized promotions that rules name, for which shoppers are asked."""

    names: Mapping[int, str] = field(default_factory=dict)
    of_employees: Mapping[int, bool] = field(default_factory=dict)
    defaults: tuple[tuple[int, int], ...] = ()
    """Promotion and product."""

    @classmethod
    def named_by(cls, rules: Iterable[Rule]) -> "Promotions":
        """One query."""
        goods = {each.goods for rule in rules for each in rule.sets}
        named = {each.promotion for each in goods if each.promotion is not None}
        found = list(PersonalizedPromotion.objects.filter(pk__in=named))
        employees = PersonalizedPromotion.Users.EMPLOYEES
        return cls(
            {each.pk: each.name for each in found},
            {each.pk: each.users == employees for each in found},
            tuple(
                (each.promotion, each.default)
                for each in goods
                if each.promotion is not None and each.default is not None
            ),
        )


def promotions_of(rule: Rule) -> Iterator[int]:
    """The personalized promotions that it names."""
    return (each.goods.promotion for each in rule.sets if each.goods.promotion is not None)


def asks_audiences(rule: Rule) -> bool:
    """Or groups."""
    asked = any(isinstance(each, InGroups | InAudiences) for each in rule.conditions)
    return bool(asked or rule.groups or rule.audiences)


def followers() -> dict[int, tuple[int, ...]]:
    """Customer groups that follow an audience, by it. One query."""
    following: dict[int, tuple[int, ...]] = {}
    groups = CustomerGroup.objects.filter(audience__isnull=False)
    for group, audience in groups.values_list("pk", "audience_id"):
        following[audience] = (*following.get(audience, ()), group)
    return following
