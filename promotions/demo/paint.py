"""Colours and gradients of the demo pictures."""

import math
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageColor

Box = tuple[int, int, int, int]
Colour = str | tuple[int, ...]
Affine = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Linear:
    """Colours spread evenly across the shape's box; 90 degrees runs from top to bottom."""

    colours: tuple[Colour, ...]
    angle: float = 90

    def picture(self, whole: Box, box: Box, turn: float) -> Image.Image:
        """The part `box` of the gradient that spans `whole` (pixels)."""
        angle = math.radians(self.angle + turn)
        dx, dy = math.cos(angle), math.sin(angle)
        w, h = whole[2] - whole[0], whole[3] - whole[1]
        k = 255 / (abs(dx * w) + abs(dy * h))
        kx, ky = dx * k, dy * k
        start = min(0, kx * w) + min(0, ky * h)
        start -= kx * (box[0] - whole[0]) + ky * (box[1] - whole[1])
        return _coloured(self.colours, "linear_gradient", box, (0, 0, 128, kx, ky, -start))


@dataclass(frozen=True)
class Radial:
    """Colours from a bright spot outwards; spot and reach are shares of the shape's box."""

    colours: tuple[Colour, ...]
    spot: tuple[float, float] = (0.35, 0.3)
    reach: float = 0.85

    def picture(self, whole: Box, box: Box, turn: float) -> Image.Image:
        """The part `box` of the gradient that spans `whole` (pixels)."""
        w, h = whole[2] - whole[0], whole[3] - whole[1]
        kx, ky = 128 / (self.reach * w), 128 / (self.reach * h)
        x = 128 - kx * (self.spot[0] * w + whole[0] - box[0])
        y = 128 - ky * (self.spot[1] * h + whole[1] - box[1])
        return _coloured(self.colours, "radial_gradient", box, (kx, 0, x, 0, ky, y))


Paint = Colour | Linear | Radial


def linear(*colours: Colour, angle: float = 90) -> Linear:
    return Linear(colours, angle)


def radial(
    *colours: Colour, spot: tuple[float, float] = (0.35, 0.3), reach: float = 0.85
) -> Radial:
    return Radial(colours, spot, reach)


@lru_cache(maxsize=512)
def rgb(colour: Colour) -> tuple[int, ...]:
    return ImageColor.getrgb(colour) if isinstance(colour, str) else colour


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` (0 to 1) of `other` in it."""
    pairs = zip(rgb(one), rgb(other), strict=True)
    return tuple(round(a + (b - a) * share) for a, b in pairs)


def lighter(colour: Colour, share: float = 0.25) -> Colour:
    return mix(colour, "#ffffff", share)


def darker(colour: Colour, share: float = 0.25) -> Colour:
    # Shadows lean to violet, which keeps dark sides colourful instead of dirty.
    return mix(colour, "#1d1238", share)


def _coloured(colours: tuple[Colour, ...], ramp: str, box: Box, way: Affine) -> Image.Image:
    size = box[2] - box[0], box[3] - box[1]
    levels = _ramp(ramp).transform(size, Image.Transform.AFFINE, way, fillcolor=255)
    levels.putpalette(_palette(colours))
    return levels.convert("RGB")


@lru_cache
def _ramp(name: str) -> Image.Image:
    return getattr(Image, name)("L")


@lru_cache(maxsize=512)
def _palette(colours: tuple[Colour, ...]) -> bytes:
    """Red, green and blue at each of 256 steps along the gradient."""
    stops = Image.new("RGB", (len(colours), 1))
    stops.putdata([rgb(colour) for colour in colours])
    # From the middle of the first pixel to the middle of the last, so that the ends are exact.
    between = (0.5, 0, len(colours) - 0.5, 1)
    return stops.resize((256, 1), Image.Resampling.BILINEAR, between).tobytes()
