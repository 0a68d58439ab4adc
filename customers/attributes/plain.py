"""SQL for cells of attributes that are written plainly, by type.

{cell} is the cell, which is not empty; %(trimmed)s what surrounds cells, %({key})s the choices.
"""

from customers.attributes.fields import LONGEST_LIST, MOST_DECIMALS, MOST_DIGITS
from customers.models import AttributeType
from customers.models.attributes import LONGEST_TEXT

# No bounded repetition, which costs PostgreSQL twenty times as much. Days that all months have:
# the others are few ways of writing, and for the rule.
DATE = "(?:19|20|21)[0-9][0-9]-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
LONGEST_PLAIN_DATES = LONGEST_LIST * len("|2019-05-01") - 1

# Accepts less than customers.attributes.values.read does.
IS_PLAIN = {
    AttributeType.TEXT: (
        f"length({{cell}}) <= {LONGEST_TEXT} AND {{cell}} = btrim({{cell}}, %(trimmed)s)"
        r" AND {cell} !~ '[\u0001-\u001f\u007f-\u009f]'"
    ),
    AttributeType.NUMBER: (
        r"{cell} ~ '^-?[0-9]+(?:\.[0-9]+)?$'"
        f" AND length({{cell}}) <= {MOST_DIGITS}"
        f" AND length(split_part({{cell}}, '.', 2)) <= {MOST_DECIMALS}"
    ),
    AttributeType.DATE: f"{{cell}} ~ '^{DATE}$'",
    AttributeType.YES_NO: "{cell} IN ('yes', 'no')",
    AttributeType.CHOICE: "{cell} = ANY(%({key})s::text[])",
    AttributeType.DATES: (
        rf"{{cell}} ~ '^{DATE}(?:\|{DATE})*$' AND length({{cell}}) <= {LONGEST_PLAIN_DATES}"
    ),
    # Several together are more often alike than not, and have an order of their own.
    AttributeType.CHOICES: "{cell} = ANY(%({key})s::text[])",
}

# Of a plain cell; NULL if it is empty.
PLAIN_VALUE = {
    AttributeType.TEXT: "nullif({cell}, '')",
    AttributeType.NUMBER: "trim_scale(nullif({cell}, '')::numeric)",
    AttributeType.DATE: "nullif({cell}, '')::date",
    AttributeType.YES_NO: "nullif({cell}, '') = 'yes'",
    AttributeType.CHOICE: "nullif({cell}, '')",
    AttributeType.DATES: (
        # A text search vector is sorted and holds nothing twice; a subquery over the entries
        # would do the same, but keep all that is around it to one process.
        "CASE WHEN length({cell}) = 10 THEN ARRAY[{cell}::date] WHEN {cell} <> ''"
        " THEN tsvector_to_array(array_to_tsvector(string_to_array({cell}, '|')))::date[] END"
    ),
    AttributeType.CHOICES: "CASE WHEN {cell} <> '' THEN ARRAY[{cell}::varchar] END",
}

COLUMN_TYPES = {
    AttributeType.TEXT: "varchar",
    AttributeType.CHOICE: "varchar",
    AttributeType.YES_NO: "boolean",
    AttributeType.DATES: "date[]",
    AttributeType.CHOICES: "varchar[]",
}
