"""Geometry of the demo pictures: every shape is a list of points, so that any can be turned."""

import math
import re
from dataclasses import dataclass, replace

Point = tuple[float, float]
CURVE_STEPS = 20


@dataclass(frozen=True)
class Shape:
    """A closed polygon, or a round-capped line along its points when `width` is above 0."""

    points: tuple[Point, ...]
    width: float = 0

    @property
    def centre(self) -> Point:
        xs, ys = zip(*self.points, strict=True)
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    def move(self, dx: float, dy: float) -> "Shape":
        return replace(self, points=tuple([(x + dx, y + dy) for x, y in self.points]))

    def scale(self, sx: float, sy: float | None = None, about: Point | None = None) -> "Shape":
        (cx, cy), sy = about or self.centre, sx if sy is None else sy
        return replace(
            self, points=tuple((cx + (x - cx) * sx, cy + (y - cy) * sy) for x, y in self.points)
        )

    def rotate(self, degrees: float, about: Point | None = None) -> "Shape":
        """Turn clockwise on the page, around the shape's own centre unless told otherwise."""
        cx, cy = about or self.centre
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        turned = (
            (cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos)
            for x, y in self.points
        )
        return replace(self, points=tuple(turned))

    def mirror(self, axis: float) -> "Shape":
        """The shape on the other side of the vertical line at `axis`."""
        return replace(self, points=tuple((2 * axis - x, y) for x, y in self.points))


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> tuple[Point, ...]:
    """Points along an ellipse; degrees run clockwise from three o'clock."""
    fineness = 5 if max(rx, ry) > 40 else 12
    steps = max(2, round(abs(end - start) / fineness))
    first, step = math.radians(start), math.radians(end - start) / steps
    angles = [first + step * i for i in range(steps + 1)]
    return tuple([(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles])


def oval(cx: float, cy: float, rx: float, ry: float | None = None) -> Shape:
    return Shape(arc(cx, cy, rx, rx if ry is None else ry, 0, 360))


def ring(cx: float, cy: float, rx: float, width: float, ry: float | None = None) -> Shape:
    return Shape(arc(cx, cy, rx, rx if ry is None else ry, 0, 360), width)


def bow(
    cx: float, cy: float, rx: float, ry: float, start: float, end: float, width: float
) -> Shape:
    """A piece of an ellipse's outline, drawn as a line."""
    return Shape(arc(cx, cy, rx, ry, start, end), width)


def pie(cx: float, cy: float, r: float, start: float, end: float) -> Shape:
    return Shape(((cx, cy), *arc(cx, cy, r, r, start, end)))


def line(width: float, *points: Point) -> Shape:
    return Shape(points, width)


def polygon(*points: Point) -> Shape:
    return Shape(points)


def block(x: float, y: float, w: float, h: float, r: float = 0) -> Shape:
    """A rectangle from its top left corner, with corners rounded by `r`."""
    r = min(r, w / 2, h / 2)
    if not r:
        return polygon((x, y), (x + w, y), (x + w, y + h), (x, y + h))
    return Shape(
        arc(x + w - r, y + r, r, r, -90, 0)
        + arc(x + w - r, y + h - r, r, r, 0, 90)
        + arc(x + r, y + h - r, r, r, 90, 180)
        + arc(x + r, y + r, r, r, 180, 270)
    )


def barrel(cx: float, top: float, bottom: float, rx: float, ry: float, foot: float = 1) -> Shape:
    """A cylinder's side seen from slightly above; `foot` is the lower radius as a share of `rx`."""
    return Shape(arc(cx, top, rx, ry, 180, 360) + arc(cx, bottom, rx * foot, ry * foot, 0, 180))


def star(cx: float, cy: float, r: float, waist: float, tips: int = 4) -> Shape:
    radii = (r, r * waist)
    angles = (math.pi * i / tips - math.pi / 2 for i in range(2 * tips))
    return Shape(
        tuple(
            (cx + radii[i % 2] * math.cos(a), cy + radii[i % 2] * math.sin(a))
            for i, a in enumerate(angles)
        )
    )


def leaf(x: float, y: float, length: float, width: float, degrees: float) -> Shape:
    """A pointed leaf that grows from (x, y); at 0 degrees it points right."""
    blade = path(f"M 0 0 Q {length * 0.4} {-width} {length} 0 Q {length * 0.4} {width} 0 0")
    return blade.rotate(degrees, about=(0, 0)).move(x, y)


def path(commands: str, width: float = 0) -> Shape:
    """An outline in SVG's absolute M, L, Q and C commands, every letter written out."""
    points: list[Point] = []
    for letter, text in re.findall(r"([MLQC])([^MLQC]*)", commands):
        numbers = [float(n) for n in text.split()]
        given = list(zip(numbers[::2], numbers[1::2], strict=True))
        points += given if letter in "ML" else _bend([points[-1], *given])
    return Shape(tuple(points), width)


def _bend(controls: list[Point]) -> list[Point]:
    degree = len(controls) - 1
    weights = [math.comb(degree, k) for k in range(degree + 1)]
    bent = []
    for step in range(1, CURVE_STEPS + 1):
        t = step / CURVE_STEPS
        parts = [w * t**k * (1 - t) ** (degree - k) for k, w in enumerate(weights)]
        x = sum(part * control[0] for part, control in zip(parts, controls, strict=True))
        y = sum(part * control[1] for part, control in zip(parts, controls, strict=True))
        bent.append((x, y))
    return bent
