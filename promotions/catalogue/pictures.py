"""The picture of a product, and the files that it leaves behind."""

from collections.abc import Iterable
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from promotions.models import Product
from promotions.pictures import Prepared


def put_picture(*, product: Product, prepared: Prepared) -> None:
    """Give the product this picture; the product itself is still to be saved."""
    product.picture.save("", ContentFile(prepared.file), save=False)
    product.thumbnail.save("", ContentFile(prepared.thumbnail), save=False)


def files_of(product: Product) -> set[str]:
    return {str(file.name) for file in (product.picture, product.thumbnail) if file}


def sweep(files: Iterable[str]) -> None:
    """Delete files that no product has any more, once that is certain."""
    for name in files:
        transaction.on_commit(partial(default_storage.delete, name))
