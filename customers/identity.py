"""One way to write an e-mail address and a phone number, for forms, imports, API and SQL alike."""

import re
import unicodedata

import idna
import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

BETWEEN_DIGITS = re.compile(r"[\s+()-]")
# What is cut off both ends of a cell, here and by PostgreSQL's btrim.
TRIMMED = " \t\n\r\v\f\u00a0\u200b\u200c\u200d\u2060\ufeff"
LONGEST_EMAIL = 254
LONGEST_LOCAL_PART = 64


def normalize_email(text: str) -> str:
    """The address trimmed, lower-cased, its domain in IDNA's ASCII form.

    Raises ValidationError for what no mail server delivers to, for letters beyond ASCII before
    the @ (nobody can sign in with those) and for domains that mix alphabets to look like others.
    """
    local, at, domain = text.strip(TRIMMED).rpartition("@")
    local = local.lower()
    if not (at and local and domain):
        raise ValidationError(_("not an e-mail address"), code="email")
    if not local.isascii():
        raise ValidationError(_("letters beyond a–z before the @"), code="email_local")
    # Not lower() for international domains: it writes a final sigma where IDNA has a plain one.
    address = f"{local}@{domain.lower() if domain.isascii() else ascii_domain(domain)}"
    if len(local) > LONGEST_LOCAL_PART or len(address) > LONGEST_EMAIL:
        raise ValidationError(_("e-mail address too long"), code="email_length")
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError(_("not an e-mail address"), code="email") from error
    return address


def ascii_domain(domain: str) -> str:
    """`domain` in IDNA's ASCII form; raises ValidationError for invalid or look-alike names."""
    for label in domain.split("."):
        alphabets = {unicodedata.name(char, "?").split()[0] for char in label if char.isalpha()}
        if len(alphabets & {"LATIN", "CYRILLIC", "GREEK"}) > 1:
            raise ValidationError(_("domain mixes alphabets"), code="email_lookalike")
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError as error:
        raise ValidationError(_("not an e-mail address"), code="email") from error


def normalize_phone(text: str) -> str:
    """Digits of the number in E.164 with country code and without the plus sign.

    `+`, spaces and dashes are stripped. Raises ValidationError unless 8 to 15 digits remain that
    some country could have given out.
    """
    digits = BETWEEN_DIGITS.sub("", text.strip(TRIMMED))
    if not re.fullmatch(r"[0-9]{8,15}", digits):
        raise ValidationError(
            _("not a phone number: 8 to 15 digits with the country code"), code="phone"
        )
    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse(f"+{digits}"))
    except phonenumbers.NumberParseException:
        possible = False
    if not possible:
        raise ValidationError(_("no country has such a phone number"), code="phone_impossible")
    return digits
