"""From an uploaded file to what is stored of a picture. Needs no database."""

import io
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LARGEST_SIDE = 2400
LARGEST_PIXELS = 50_000_000
THUMBNAIL_SIDE = 320
TOO_LARGE = _("This picture has more than 50 million pixels. Scale it down.")


@dataclass(frozen=True)
class Prepared:
    """A picture and its thumbnail, both WebP without the camera's notes (place, owner)."""

    width: int
    height: int
    file: bytes
    thumbnail: bytes


def read_picture(file: BinaryIO) -> Pillow.Image:
    """The picture turned upright. Raises ValidationError if it can't be read or is too large."""
    try:
        picture = Pillow.open(file, formats=FORMATS)
        if picture.width * picture.height > LARGEST_PIXELS:
            raise ValidationError(TOO_LARGE)
        picture.load()
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise ValidationError(TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("This is not a picture we can read. Use JPEG, PNG, WebP or GIF.")
        ) from error
    return ImageOps.exif_transpose(picture).convert(
        "RGBA" if picture.has_transparency_data else "RGB"
    )


def prepare(picture: Pillow.Image) -> Prepared:
    """The picture scaled to 2400 pixels on the longer side if it is larger, and its thumbnail."""
    large = scaled(picture, LARGEST_SIDE)
    thumbnail = scaled(picture, THUMBNAIL_SIDE)
    return Prepared(large.width, large.height, webp(large), webp(thumbnail))


def scaled(picture: Pillow.Image, side: int) -> Pillow.Image:
    """A copy with its longer side at most `side` pixels."""
    copy = picture.copy()
    copy.thumbnail((side, side))
    return copy


def webp(picture: Pillow.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=82, method=2)
    return out.getvalue()
