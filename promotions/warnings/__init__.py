"""What is allowed in a discount but hardly meant, found before it is saved.

filling.py: sets that can't be filled. contradictions.py: conditions that exclude each other. Both
are pure; facts.py asks the database what they need. over.py: what is used up or past already.
promotions/margins looks for baskets that would be sold too cheaply.
"""

import datetime as dt
from decimal import Decimal

from promotions.composition import Composition
from promotions.margins import worst_basket
from promotions.warnings.contradictions import contradictions
from promotions.warnings.facts import facts_about
from promotions.warnings.filling import unfilled
from promotions.warnings.over import over
from promotions.warnings.warning import Kind, Warning
from promotions.warnings.words import below_floor

__all__ = ["Kind", "Warning", "warnings_of"]


def warnings_of(
    composition: Composition, *, at: dt.datetime, floor: Decimal
) -> tuple[Warning, ...]:
    """All of them, the margin last. `floor` is a share of the usual price in per cent."""
    facts = facts_about(composition)
    found = (*unfilled(composition, facts), *contradictions(composition), *over(composition, at))
    worst = worst_basket(composition, at=at, floor=floor)
    return (*found, below_floor(worst, floor)) if worst else found
