"""The demo's offer pictures: every scene is drawn by code, nothing is loaded from a file."""

from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageOps

from offers.demo.scenes import (
    baby,
    bicycle,
    birthday_cake,
    bouquet,
    camping,
    car_care,
    coffee,
    cosmetics,
    garden,
    gift_box,
    groceries,
    headphones,
    pizza,
    running_shoes,
    school,
    sofa,
)
from promotions.demo.drawing import Canvas

Size = tuple[int, int]

SCENES: dict[str, Callable[[Canvas], None]] = {
    "baby": baby.paint,
    "bicycle": bicycle.paint,
    "birthday-cake": birthday_cake.paint,
    "bouquet": bouquet.paint,
    "camping": camping.paint,
    "car-care": car_care.paint,
    "coffee": coffee.paint,
    "cosmetics": cosmetics.paint,
    "garden": garden.paint,
    "gift-box": gift_box.paint,
    "groceries": groceries.paint,
    "headphones": headphones.paint,
    "pizza": pizza.paint,
    "running-shoes": running_shoes.paint,
    "school": school.paint,
    "sofa": sofa.paint,
}
# Every size is cut from one of two drawings; the square in the middle of each holds the motif.
WIDE: Size = (1800, 900)
TALL: Size = (900, 1350)


def draw(key: str, size: Size) -> Image.Image:
    """The scene at exactly this size in pixels; the same bytes every time.

    Sizes of one scene asked for in a row are cut from one drawing, which is kept until the next.
    """
    sheet = _sheet(key, WIDE if size[0] >= size[1] else TALL)
    return ImageOps.fit(sheet, size, Image.Resampling.HAMMING)


@lru_cache(maxsize=1)
def _sheet(key: str, size: Size) -> Image.Image:
    canvas = Canvas.blank(size)
    SCENES[key](canvas)
    return canvas.image
