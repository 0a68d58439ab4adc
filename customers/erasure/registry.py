from collections.abc import Callable, Iterator

from customers.erasure.person import Person
from imports.resources import Text
from imports.runs import Run

Eraser = Callable[[Run, Person], Iterator[tuple[Text, int]]]
"""Erases what a room holds; yields in words what that was, and how many."""

erasers: list[Eraser] = []


def erases(eraser: Eraser) -> Eraser:
    """A decorator. It runs in the job's transaction while the customer's row is held.

    Groups and fixed audiences are held already, in the order of their ids; who locks other
    tables' rows says so in its docstring.
    """
    erasers.append(eraser)
    return eraser


undo_types: set[str] = set()


def undo_records_name_customers(*types: str) -> None:
    """Say that `ids` in the undo records of these types of jobs are of customers.

    `rows`, if a type writes them, are to speak of the ids one by one, in their order.
    """
    undo_types.update(types)
