"""Phone numbers by the million, judged in the database as far as their length tells.

The rule is customers.identity.normalize_phone: a number is possible if its national part is as
long as its country allows, or gets so by cutting off a national prefix. What is long enough as
it stands is therefore possible; a table of those lengths says which numbers these are, and the
others go through the rule. Countries where the prefix is replaced by something longer are left
out of the table.
"""

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

from imports.runs import Run

LENGTHS = range(8, 16)

# "+48 (500) 600-700" without what people write between digits; a cell is trimmed before.
DIGITS = "translate({column}, '+ ()-', '')"
# To join the table by: a subquery would look it up line by line, in one process.
IS_POSSIBLE = (
    "{digits} ~ '^[0-9]+$'"
    " AND possible.prefix = left({digits}, 3) AND possible.length = length({digits})"
)


def possible_lengths() -> set[tuple[str, int]]:
    """(first three digits, number of digits) of which every number is possible."""
    return {
        (str(prefix), len(str(code)) + length)
        for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()
        for prefix in _prefixes(str(code))
        for length in _national_lengths(code, regions[0])
        if len(str(code)) + length in LENGTHS
    }


def _prefixes(code: str) -> range:
    free = 10 ** (3 - len(code))
    return range(int(code) * free, (int(code) + 1) * free)


def _national_lengths(code: int, region: str) -> tuple[int, ...]:
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    assert metadata  # noqa: S101 every country of the library has it
    assert metadata.general_desc  # noqa: S101
    if metadata.national_prefix_transform_rule:
        return ()
    return tuple(metadata.general_desc.possible_length)


def make_lengths(run: Run) -> None:
    """Make {lengths} (prefix, length), to be joined by IS_POSSIBLE."""
    prefixes, lengths = zip(*sorted(possible_lengths()), strict=True)
    run.make(
        "lengths",
        "SELECT * FROM unnest(%(prefixes)s::text[], %(lengths)s::int[]) AS known (prefix, length)",
        prefixes=list(prefixes),
        lengths=list(lengths),
    )
