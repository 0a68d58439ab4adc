"""E-mail addresses and phone numbers in conditions: however they are typed, as they are stored."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from customers.audiences.phrases import quoted
from customers.identity import BETWEEN_DIGITS, normalize_email, normalize_phone

ERASED = "erased"
"""Stands where somebody's identity stood, so that the condition stays one that others can read."""
NORMALIZERS = {"email": normalize_email, "phone": normalize_phone}


def whole(text: str, key: str) -> str:
    """The text as the field `key` stores it; most fields store it as it is typed.

    Raises ValidationError for what is no e-mail address or phone number.
    """
    if key not in NORMALIZERS or text == ERASED:
        return text
    try:
        return NORMALIZERS[key](text)
    except ValidationError as error:
        raise ValidationError(f"{quoted(text)}: {error.messages[0]}.", code=error.code) from error


def part(text: str, key: str) -> str:
    """A part of what the field `key` stores. Raises ValidationError if nothing of it is left."""
    found = BETWEEN_DIGITS.sub("", text) if key == "phone" else text
    if not found:
        raise ValidationError(_("A value is needed."))
    return found
