"""Phone numbers that somebody pasted: one a line, in whatever form people write them."""

import re
from collections.abc import Iterator
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from customers.identity import normalize_phone
from customers.phones import possible_lengths

MOST_NUMBERS = 100_000
MOST_COMPLAINTS = 20
LONGEST_QUOTE = 40

# Neither stands within a number, so that they can only be between two.
BETWEEN = re.compile(r"[,;]")
PLAIN = re.compile(r"[1-9][0-9]{7,14}")


def parse(text: str) -> list[str]:
    """The numbers of a list in their one form and in its order, repeats included.

    Raises ValidationError with a message for each wrong line, up to MOST_COMPLAINTS; or with one
    that names the import if there are more than MOST_NUMBERS.
    """
    written = list(_written(text))
    if len(written) > MOST_NUMBERS:
        raise ValidationError(
            _("More than %(number)s numbers: put them in a file and import it as “%(type)s”."),
            code="too_many",
            params={
                "number": number_format(MOST_NUMBERS, force_grouping=True),
                "type": _("Members of customer groups"),
            },
        )
    numbers, complaints = [], []
    for line, piece in written:
        try:
            numbers.append(_normal(piece))
        except ValidationError as error:
            complaints.append((line, piece, error))
    if complaints:
        raise ValidationError(_words(complaints))
    return numbers


def _written(text: str) -> Iterator[tuple[int, str]]:
    for line, content in enumerate(text.splitlines(), start=1):
        for piece in BETWEEN.split(content):
            if stripped := piece.strip("\ufeff \t"):
                yield line, stripped


def _normal(piece: str) -> str:
    """By the table of lengths, which is many times faster than the rule; else by the rule."""
    if PLAIN.fullmatch(piece) and (piece[:3], len(piece)) in _possible():
        return piece
    return normalize_phone(piece)


@cache
def _possible() -> frozenset[tuple[str, int]]:
    return frozenset(possible_lengths())


def _words(complaints: list[tuple[int, str, ValidationError]]) -> list[ValidationError]:
    shown = [
        ValidationError(
            _("Line %(line)d, “%(text)s”: %(reason)s."),
            code=error.code,
            params={"line": line, "text": _quoted(piece), "reason": error.message},
        )
        for line, piece, error in complaints[:MOST_COMPLAINTS]
    ]
    if further := len(complaints) - len(shown):
        text = ngettext_lazy("%(number)d more is wrong.", "%(number)d more are wrong.", further)
        shown.append(ValidationError(text, code="more", params={"number": further}))
    return shown


def _quoted(piece: str) -> str:
    return piece if len(piece) <= LONGEST_QUOTE else f"{piece[:LONGEST_QUOTE]}…"
