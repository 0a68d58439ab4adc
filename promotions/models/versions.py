import pgtrigger

from customers.models.versions import Version, moves


class RulesVersion(Version):
    """Moves with what prices are made by: the rule book is compiled anew when it did."""


class CategoriesVersion(Version):
    """Moves with the tree of categories."""


def moves_rules(
    name: str, condition: pgtrigger.Condition | None = None
) -> tuple[pgtrigger.Trigger, ...]:
    """Triggers for a model that prices depend on; `condition` limits the updates that count."""
    return moves("promotions_rulesversion", name, condition)


def moves_categories(name: str) -> tuple[pgtrigger.Trigger, ...]:
    return moves("promotions_categoriesversion", name, pgtrigger.AnyChange("parent"))
