"""Discounts in plain words, the same on every page and from every room above.

Whatever is missing yet is an ellipsis, so that a form that is being filled in can be read, too.
"""

from promotions.wording.amounts import money, off, value_in_words
from promotions.wording.conditions import condition_in_words
from promotions.wording.goods import goods_in_words
from promotions.wording.sentence import deal_in_words, sentence
from promotions.wording.targets import ALL_NAMES, places_in_words, targets_in_words
from promotions.wording.times import times_in_words

__all__ = [
    "ALL_NAMES",
    "condition_in_words",
    "deal_in_words",
    "goods_in_words",
    "money",
    "off",
    "places_in_words",
    "sentence",
    "targets_in_words",
    "times_in_words",
    "value_in_words",
]
