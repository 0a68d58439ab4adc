import pgtrigger

from customers.models.versions import Version, moves


class ShowcaseVersion(Version):
    """Moves with what customers may see: live offers are read anew when it did."""


def moves_showcase(
    name: str, condition: pgtrigger.Condition | None = None
) -> tuple[pgtrigger.Trigger, ...]:
    """Triggers for a model whose rows customers see; `condition` limits the updates that count."""
    return moves("offers_showcaseversion", name, condition)
