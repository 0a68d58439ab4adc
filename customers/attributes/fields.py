"""What is known of customers beside who they are: the attributes that staff defined.

A value is the same everywhere, however it comes in (customers/attributes/values.py):

type    | Python        | Customer column | Customer.attributes | a cell of a file
--------|---------------|-----------------|---------------------|------------------------------
text    | str           | varchar         | string              | the text, trimmed
number  | Decimal       | –               | number              | 12.5
date    | date          | –               | "1990-02-14"        | 1990-02-14
yes_no  | bool          | boolean         | true, false         | yes, no
choice  | str           | varchar         | string              | one of the choices
dates   | tuple of date | date[]          | ["1990-02-14", …]   | 2019-05-01|2021-08-30, sorted
choices | tuple of str  | varchar[]       | ["a", …]            | Audi|Fiat, in order of choices

Lists hold nothing twice. No value is NULL in a column, and no key in the JSON: an empty text or
an empty list is no value. Text has at most 100 characters, a list at most 50 entries, a number at
most 15 digits, 6 of them behind the point; dates lie between 1900 and 2199.
"""

from dataclasses import dataclass

from customers.models import AttributeDefinition, AttributeType

LIST_SEPARATOR = "|"
LONGEST_LIST = 50
MOST_DIGITS = 15
MOST_DECIMALS = 6


@dataclass(frozen=True)
class Field:
    """One attribute. `column` is that of Customer, None for a key of Customer.attributes."""

    key: str
    label: str
    type: AttributeType
    choices: tuple[str, ...] = ()
    column: str | None = None

    @classmethod
    def of(cls, definition: AttributeDefinition) -> "Field":
        return cls(
            key=definition.key,
            label=definition.label,
            type=AttributeType(definition.type),
            choices=tuple(definition.choices),
            column=definition.column,
        )


def defined() -> dict[str, Field]:
    """All attributes by key, in the order of their labels. One query."""
    return {each.key: Field.of(each) for each in AttributeDefinition.objects.all()}
