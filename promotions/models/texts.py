r"""What IDs, barcodes and names may be written with: one rule for forms, imports and the API.

The ranges say the same between the brackets of Python's regular expressions and PostgreSQL's. NUL
is not among them, since neither Django's forms nor the database take it anyway.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CONTROL = r"\u0001-\u001f\u007f-\u009f\u2028\u2029"
# What turns the direction of writing around reaches beyond the name, into the receipt behind it.
# Marks that join letters or say where one belongs are left to the languages that need them.
NOT_IN_NAMES = rf"{CONTROL}\u202a-\u202e\u2066-\u2069"
# Codes that look alike would not be, with what nobody sees.
NOT_IN_IDS = (
    rf"{CONTROL}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    r"\ufff9-\ufffb\U000e0000-\U000e007f"
)
# Where several stand in one cell, these part them.
NOT_IN_BARCODES = rf"{NOT_IN_IDS} ;\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"


def visible_id(text: str) -> None:
    if re.search(f"[{NOT_IN_IDS}]", text):
        raise ValidationError(
            _("Write visible characters only, in one line; if you pasted it, type it instead.")
        )


def plain_name(text: str) -> None:
    if re.search(f"[{NOT_IN_NAMES}]", text):
        raise ValidationError(
            _(
                "Write it in one line, without control characters and without such as turn the"
                " direction of writing around; if you pasted it, type it instead."
            )
        )
