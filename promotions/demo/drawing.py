"""A small drawing kit on Pillow: antialiased shapes, gradients, soft shadows and clipped shading.

Scenes are drawn in units, not pixels: the square from (0, 0) to (1000, 1000) is always visible,
and a wider or taller picture shows more around it.
"""

import math
from dataclasses import dataclass
from typing import Self

from PIL import Image, ImageChops

from promotions.demo.outline import REACH, Outline
from promotions.demo.paint import Box, Colour, Linear, Paint, Radial, rgb
from promotions.demo.shapes import Point, Shape, oval

STAGE = 1000


@dataclass(frozen=True)
class Canvas:
    """A picture with its way from units to pixels: pixel = turned and scaled unit + origin."""

    image: Image.Image
    zoom: float
    origin: Point
    turn: float = 0

    @classmethod
    def blank(cls, size: tuple[int, int]) -> Self:
        zoom = min(size) / STAGE
        origin = (size[0] - min(size)) / 2, (size[1] - min(size)) / 2
        return cls(Image.new("RGB", size), zoom, origin)

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the whole picture, in units of an unturned canvas."""
        (x, y), (w, h) = self.origin, self.image.size
        return -x / self.zoom, -y / self.zoom, (w - x) / self.zoom, (h - y) / self.zoom

    def at(self, x: float, y: float, scale: float = 1, turn: float = 0) -> "Canvas":
        """The same picture with (0, 0) at (x, y), to draw one object in several places."""
        return Canvas(self.image, self.zoom * scale, self._pixels(((x, y),))[0], self.turn + turn)

    def fill(
        self,
        shape: Shape,
        paint: Paint,
        *,
        opacity: float = 1,
        blur: float = 0,
        within: Shape | None = None,
    ) -> None:
        """Paint a shape; `blur` softens its edge (units), `within` keeps it inside another."""
        outline, frame = self._outline(shape), within and self._outline(within)
        box = _overlap(outline.grown(REACH * blur * self.zoom), (0, 0, *self.image.size))
        box = _overlap(box, frame.box) if frame else box
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        ink, blur = round(255 * opacity), blur * self.zoom
        mask = outline.blurred(box, ink, blur) if blur else outline.mask(box, ink)
        mask = ImageChops.multiply(mask, frame.mask(box)) if frame else mask
        self.image.paste(self._colours(paint, outline.box, box), box, mask)

    def shadow(
        self, shape: Shape, dx: float = 10, dy: float = 16, blur: float = 14, opacity: float = 0.3
    ) -> None:
        self.fill(shape.move(dx, dy), "#1d1238", blur=blur, opacity=opacity)

    def grounded(self, cx: float, cy: float, rx: float, ry: float, opacity: float = 0.4) -> None:
        """The dark pool under something that stands on the floor."""
        self.fill(oval(cx, cy, rx, ry), "#1d1238", blur=ry * 0.7, opacity=opacity)

    def glow(self, cx: float, cy: float, r: float, colour: Colour, opacity: float = 0.6) -> None:
        self.fill(oval(cx, cy, r * 0.55), colour, blur=r * 0.3, opacity=opacity)

    def _pixels(self, points: tuple[Point, ...]) -> list[Point]:
        kx = math.cos(math.radians(self.turn)) * self.zoom
        ky = math.sin(math.radians(self.turn)) * self.zoom
        left, top = self.origin
        return [(x * kx - y * ky + left, x * ky + y * kx + top) for x, y in points]

    def _outline(self, shape: Shape) -> Outline:
        return Outline(self._pixels(shape.points), shape.width * self.zoom)

    def _colours(self, paint: Paint, whole: Box, box: Box) -> Image.Image | tuple[int, ...]:
        if isinstance(paint, Linear | Radial):
            return paint.picture(whole, box, self.turn)
        return rgb(paint)


def _overlap(one: Box, other: Box) -> Box:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    return left, top, min(one[2], other[2]), min(one[3], other[3])
