"""What staff may enter where they credit or debit: one rule for forms, batches and customers."""

import datetime as dt
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import (
    DecimalValidator,
    MaxLengthValidator,
    ProhibitNullCharactersValidator,
)
from django.utils.translation import gettext_lazy as _

from loyalty.models import Batch

MOST_DIGITS = 12  # less than 10,000,000,000.00
MOST_LETTERS = 500
# Close to the year 9999, moments can't be written in every zone.
LONGEST = dt.timedelta(days=200 * 365)
CENT = Decimal("0.01")


def clean_amount(value: Decimal | int | str, *, mode: str) -> Decimal:
    """The amount with two decimals. Raises ValidationError that says what to enter instead."""
    amount = _number(value)
    DecimalValidator(MOST_DIGITS, 2)(amount)
    if mode == Batch.Mode.ABSOLUTE and amount < 0:
        raise ValidationError(
            _("A balance can't be less than 0. Enter 0 to write everything off."),
            code="negative_absolute",
        )
    if mode == Batch.Mode.RELATIVE and amount == 0:
        raise ValidationError(
            _("This changes nothing. Enter how much to add, or to deduct with “-” before it."),
            code="zero_relative",
        )
    return amount.quantize(CENT) + 0  # never -0.00


def _number(value: Decimal | int | str) -> Decimal:
    try:
        amount = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        amount = Decimal("nan")
    if not amount.is_finite():
        raise ValidationError(_("Enter a number, such as 10 or -2.50."), code="not_a_number")
    return amount


def clean_comment(value: str) -> str:
    """The reason, without spaces around it. Raises ValidationError if there is none."""
    comment = value.strip()
    if not comment:
        raise ValidationError(
            _("Say why: customers see it in their cashback history."), code="required"
        )
    MaxLengthValidator(MOST_LETTERS)(comment)
    ProhibitNullCharactersValidator()(comment)
    return comment


def clean_expiry(
    value: dt.datetime | None, *, amount: Decimal, at: dt.datetime
) -> dt.datetime | None:
    """Raises ValidationError if it has passed or never comes, or if nothing would be credited."""
    if value is None:
        return None
    if amount <= 0:
        raise ValidationError(
            _("Only what is credited can expire. Leave this empty."), code="nothing_credited"
        )
    if value <= at:
        raise ValidationError(_("This has passed already. Enter a later date."), code="passed")
    if value > at + LONGEST:
        raise ValidationError(
            _("This is too far away. Leave it empty for what never expires."), code="too_far"
        )
    return value
