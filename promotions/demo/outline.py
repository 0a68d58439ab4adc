"""A shape in pixels, and the masks that let paint through it."""

import math
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFilter

from promotions.demo.paint import Box
from promotions.demo.shapes import Point

SUPERSAMPLING = 2
REACH = 2.5  # how many times its radius a blur is felt


class Outline:
    """The pixels of a shape's corners; a line of this many pixels when `width` is above 0."""

    def __init__(self, points: list[Point], width: float) -> None:
        self.points, self.width = points, width
        self.box = self.grown(0)

    def grown(self, reach: float) -> Box:
        """The box around the shape and `reach` pixels more on every side."""
        xs, ys = zip(*self.points, strict=True)
        edge = self.width / 2 + reach
        left, top = math.floor(min(xs) - edge), math.floor(min(ys) - edge)
        return left, top, math.ceil(max(xs) + edge) + 1, math.ceil(max(ys) + edge) + 1

    def mask(self, box: Box, ink: int = 255) -> Image.Image:
        return self._stencil(box, ink, SUPERSAMPLING).reduce(SUPERSAMPLING)

    def blurred(self, box: Box, ink: int, blur: float) -> Image.Image:
        # What lies just outside the box shines into it, so the mask is made larger, then cut.
        whole, margin = self.grown(REACH * blur), math.ceil(REACH * blur)
        left, top = max(box[0] - margin, whole[0]), max(box[1] - margin, whole[1])
        right, bottom = min(box[2] + margin, whole[2]), min(box[3] + margin, whole[3])
        # A blurred edge holds no detail, so it is made small and stretched: ten times quicker.
        detail = min(1.0, 3 / max(blur, 1))
        soft = self._stencil((left, top, right, bottom), ink, detail)
        x, y = (box[0] - left) * detail, (box[1] - top) * detail
        size = box[2] - box[0], box[3] - box[1]
        cut = x, y, x + size[0] * detail, y + size[1] * detail
        return soft.filter(ImageFilter.GaussianBlur(blur * detail)).resize(
            size, Image.Resampling.BILINEAR, cut
        )

    def _stencil(self, box: Box, ink: int, detail: float) -> Image.Image:
        size = math.ceil((box[2] - box[0]) * detail), math.ceil((box[3] - box[1]) * detail)
        mask = Image.new("L", size)
        draw = ImageDraw.Draw(mask)
        points = [((x - box[0]) * detail, (y - box[1]) * detail) for x, y in self.points]
        if self.width:
            _trace(draw, points, max(self.width * detail, 1) / 2, ink)
        else:
            draw.polygon(points, fill=ink)
        return mask


def _trace(draw: ImageDraw.ImageDraw, points: list[Point], r: float, ink: int) -> None:
    # Pillow's own wide lines snap to whole pixels, which shows as steps along a curve.
    for x, y in points:
        draw.ellipse((x - r, y - r, x + r, y + r), fill=ink)
    for (x, y), (to_x, to_y) in pairwise(points):
        length = math.hypot(to_x - x, to_y - y) or 1
        dx, dy = r * (y - to_y) / length, r * (to_x - x) / length
        corners = [
            (x + dx, y + dy),
            (to_x + dx, to_y + dy),
            (to_x - dx, to_y - dy),
            (x - dx, y - dy),
        ]
        draw.polygon(corners, fill=ink)
