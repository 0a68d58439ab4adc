"""The cheapest basket that a discount makes, together with the others that are live or to come.

It is looked for, not proven: candidate baskets of the discount's goods (baskets.py) are priced by
the engine for somebody in all that its rules ask for and for a stranger (shoppers.py), at moments
at which its hours hold (moments.py). loading.py asks the database, worst.py compares.
"""

from promotions.margins.worst import Saving, SoldLine, Worst, worst_basket

__all__ = ["Saving", "SoldLine", "Worst", "worst_basket"]
