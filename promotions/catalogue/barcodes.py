"""The barcodes of a product, as they are typed: one a line."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from promotions.models import Barcode, Product
from promotions.models.catalogue import LONGEST_ID
from promotions.models.texts import NOT_IN_BARCODES

UNFIT = re.compile(f"[{NOT_IN_BARCODES}]")


def parse_barcodes(text: str, *, product_id: int | None) -> list[str]:
    """The codes, each once. Raises ValidationError for any that the product can't have.

    One query.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    codes = {code: number for number, code in lines if code}
    errors = [
        _("Line %(line)s: a barcode has at most %(most)s visible characters, no spaces, no “;”.")
        % {"line": number, "most": LONGEST_ID}
        for code, number in codes.items()
        if len(code) > LONGEST_ID or UNFIT.search(code)
    ]
    if not errors:
        taken = Barcode.objects.filter(code__in=codes).exclude(product=product_id)
        errors = [
            _("Line %(line)s: %(code)s is a barcode of “%(product)s”.")
            % {"line": codes[barcode.code], "code": barcode.code, "product": barcode.product}
            for barcode in taken.select_related("product")
        ]
    if errors:
        raise ValidationError(errors)
    return list(codes)


@transaction.atomic
def set_barcodes(*, product: Product, codes: list[str]) -> None:
    """Make these the product's barcodes, whatever they were."""
    product.barcodes.exclude(code__in=codes).delete()
    known = set(product.barcodes.values_list("code", flat=True))
    Barcode.objects.bulk_create(
        Barcode(code=code, product=product) for code in sorted(codes) if code not in known
    )
