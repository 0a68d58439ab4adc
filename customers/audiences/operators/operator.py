"""What an operator is made of."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from customers.audiences.primitives import Primitive
from customers.audiences.values import Kind
from imports.resources import Text


@dataclass(frozen=True)
class Operator:
    """`label` follows the field's in the builder, `words` is the whole condition in a sentence.

    `opposite` is the sentence of its negation, if that is more than the same with "not". Of a
    list, words begin with its label and a colon: labels can't be declined, nor is it known
    whether one is singular or plural.
    """

    key: str
    label: Text
    words: Text
    value: Kind
    meaning: Callable[[Any, dt.date], Primitive]
    opposite: Text = ""
