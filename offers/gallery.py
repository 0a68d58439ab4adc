"""Putting pictures into the gallery."""

from typing import BinaryIO

from django.core.files.base import ContentFile

from offers.models import Image
from promotions.pictures import Prepared, prepare, read_picture


def add_picture(*, title: str, file: BinaryIO) -> Image:
    """A saved picture made of an uploaded file.

    Raises ValidationError for anything that is not a readable JPEG, PNG, WebP or GIF.
    """
    return keep(title=title, prepared=prepare(read_picture(file)))


def keep(*, title: str, prepared: Prepared) -> Image:
    """A saved picture of what is prepared already."""
    image = Image(title=title, width=prepared.width, height=prepared.height)
    image.thumbnail.save("", ContentFile(prepared.thumbnail), save=False)
    image.file.save("", ContentFile(prepared.file), save=False)
    image.save()
    return image
