"""A small drawing kit on Pillow: antialiased shapes, gradients, soft shadows and clipped shading.

Scenes are drawn in units, not pixels: the square from (0, 0) to (1000, 1000) is always visible,
and a wider or taller picture shows more around it.
"""

import math
from dataclasses import dataclass
from typing import Self

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from offers.demo.paint import Box, Colour, Linear, Paint, Radial, rgb
from offers.demo.shapes import Point, Shape, oval

STAGE = 1000
SUPERSAMPLING = 2


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
        whole = self._box(shape)
        reach = math.ceil(blur * self.zoom * 2.5)
        box = self._clip((whole[0] - reach, whole[1] - reach, whole[2] + reach, whole[3] + reach))
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        ink = round(255 * opacity)
        mask = self._soft_mask(shape, box, ink, blur) if blur else self._mask(shape, box, ink)
        if within:
            mask = ImageChops.multiply(mask, self._mask(within, box))
        self.image.paste(self._paint(paint, whole, box), box, mask)

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

    def _box(self, shape: Shape) -> Box:
        xs, ys = zip(*self._pixels(shape.points), strict=True)
        edge = shape.width * self.zoom / 2
        left, top = math.floor(min(xs) - edge), math.floor(min(ys) - edge)
        return left, top, math.ceil(max(xs) + edge) + 1, math.ceil(max(ys) + edge) + 1

    def _clip(self, box: Box) -> Box:
        w, h = self.image.size
        return max(box[0], 0), max(box[1], 0), min(box[2], w), min(box[3], h)

    def _mask(self, shape: Shape, box: Box, ink: int = 255) -> Image.Image:
        return self._stencil(shape, box, ink, SUPERSAMPLING).reduce(SUPERSAMPLING)

    def _soft_mask(self, shape: Shape, box: Box, ink: int, blur: float) -> Image.Image:
        # A blurred edge holds no detail, so it is made small and stretched: ten times quicker.
        detail = min(1.0, 3 / max(blur * self.zoom, 1))
        soft = self._stencil(shape, box, ink, detail).filter(
            ImageFilter.GaussianBlur(blur * self.zoom * detail)
        )
        return soft.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BILINEAR)

    def _stencil(self, shape: Shape, box: Box, ink: int, detail: float) -> Image.Image:
        size = math.ceil((box[2] - box[0]) * detail), math.ceil((box[3] - box[1]) * detail)
        mask = Image.new("L", size)
        draw = ImageDraw.Draw(mask)
        pixels = self._pixels(shape.points)
        points = [((x - box[0]) * detail, (y - box[1]) * detail) for x, y in pixels]
        if not shape.width:
            draw.polygon(points, fill=ink)
            return mask
        width = max(shape.width * self.zoom * detail, 1)
        draw.line(points, fill=ink, width=round(width))
        for x, y in points:
            draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=ink)
        return mask

    def _paint(self, paint: Paint, whole: Box, box: Box) -> Image.Image | tuple[int, ...]:
        if isinstance(paint, Linear | Radial):
            return paint.picture(whole, box, self.turn)
        return rgb(paint)
