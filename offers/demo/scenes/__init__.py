"""The demo's offer pictures: every scene is drawn by code, nothing is loaded from a file."""

from collections.abc import Callable
from functools import lru_cache

from PIL import Image

from offers.demo.drawing import Canvas
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
# Twice as wide as tall: every size from square to banner is a cut of this one drawing.
SHEET: Size = (2160, 1080)


def draw(key: str, size: Size) -> Image.Image:
    """The scene at exactly this size in pixels; the same bytes every time.

    Sizes of one scene asked for in a row are cut from one drawing, which is kept until the next.
    """
    width, height = size
    if not height <= width <= 2 * height or height > SHEET[1]:
        return _drawn(key, size)
    cut = SHEET[1] * width / height
    left = (SHEET[0] - cut) / 2
    return _sheet(key).resize(size, Image.Resampling.HAMMING, (left, 0, left + cut, SHEET[1]))


@lru_cache(maxsize=1)
def _sheet(key: str) -> Image.Image:
    return _drawn(key, SHEET)


def _drawn(key: str, size: Size) -> Image.Image:
    canvas = Canvas.blank(size)
    SCENES[key](canvas)
    return canvas.image
