"""Products by the codes under which other systems know them."""

from collections.abc import Iterable

from promotions.models import Barcode, Product


def products_by_code(codes: Iterable[str]) -> dict[str, Product]:
    """Products by external ID or barcode; codes that none has are left out. Two queries.

    A product's own number goes before barcodes, should another product have it as one.
    """
    asked = {code for code in codes if code and "\0" not in code}
    barcodes = Barcode.objects.filter(code__in=asked).select_related("product")
    own = Product.objects.filter(external_id__in=asked)
    return {each.code: each.product for each in barcodes} | {each.external_id: each for each in own}
