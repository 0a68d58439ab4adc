"""From an uploaded file to a picture of the gallery."""

import io
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from offers.models import Image

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LARGEST_SIDE = 2400
LARGEST_PIXELS = 50_000_000
THUMBNAIL_SIDE = 320


def add_picture(*, title: str, file: BinaryIO) -> Image:
    """A saved picture with its thumbnail, both WebP without the camera's notes (place, owner).

    Larger pictures are scaled to 2400 pixels on the longer side. Raises ValidationError for
    anything that is not a readable JPEG, PNG, WebP or GIF.
    """
    picture = read_picture(file)
    thumbnail = scaled(picture, THUMBNAIL_SIDE)
    large = scaled(picture, LARGEST_SIDE)
    image = Image(title=title, width=large.width, height=large.height)
    image.thumbnail.save("", webp(thumbnail), save=False)
    image.file.save("", webp(large), save=False)
    image.save()
    return image


def read_picture(file: BinaryIO) -> Pillow.Image:
    """The picture turned upright. Raises ValidationError if it can't be read or is too large."""
    try:
        picture = Pillow.open(file, formats=FORMATS)
        if picture.width * picture.height > LARGEST_PIXELS:
            raise ValidationError(_("This picture has more than 50 million pixels. Scale it down."))
        picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("This is not a picture we can read. Use JPEG, PNG, WebP or GIF.")
        ) from error
    return ImageOps.exif_transpose(picture).convert(
        "RGBA" if picture.has_transparency_data else "RGB"
    )


def scaled(picture: Pillow.Image, side: int) -> Pillow.Image:
    """A copy with its longer side at most `side` pixels."""
    copy = picture.copy()
    copy.thumbnail((side, side))
    return copy


def webp(picture: Pillow.Image) -> ContentFile:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=82, method=2)
    return ContentFile(out.getvalue())
