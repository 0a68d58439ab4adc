"""Backdrops and small decorations that several scenes share."""

import random

from promotions.demo.drawing import Canvas
from promotions.demo.paint import Colour, Paint, linear
from promotions.demo.shapes import block, line, oval, polygon, star


def wall(canvas: Canvas, paint: Paint) -> None:
    left, top, right, bottom = canvas.edges
    canvas.fill(block(left, top, right - left, bottom - top), paint)


def floor(canvas: Canvas, paint: Paint, horizon: float) -> None:
    """A table top or ground, with the soft dark and light lines where it meets the wall."""
    left, _, right, bottom = canvas.edges
    canvas.fill(block(left, horizon - 14, right - left, 28), "#1d1238", blur=16, opacity=0.16)
    canvas.fill(block(left, horizon, right - left, bottom - horizon), paint)
    canvas.fill(line(3, (left, horizon + 1), (right, horizon + 1)), "#ffffff", opacity=0.25)


def sunbeams(canvas: Canvas, colour: Colour = "#ffffff", opacity: float = 0.14) -> None:
    """Slanted light from a window on the upper left."""
    left, top, right, bottom = canvas.edges
    for x, width in ((0.1, 260), (0.36, 120)):
        start = left + (right - left) * x
        fall = (bottom - top) * 0.75
        beam = polygon(
            (start, top),
            (start + width, top),
            (start + width + fall, bottom),
            (start + fall, bottom),
        )
        canvas.fill(beam, colour, blur=22, opacity=opacity)


def dots(
    canvas: Canvas,
    seed: int,
    count: int,
    colours: tuple[Colour, ...],
    size: tuple[float, float],
    area: tuple[float, float, float, float] | None = None,
    opacity: float = 0.5,
) -> None:
    """Bubbles of light, blossoms in the distance, dust in the sun."""
    dice = random.Random(seed)
    left, top, right, bottom = area or canvas.edges
    for _ in range(count):
        x, y, r = dice.uniform(left, right), dice.uniform(top, bottom), dice.uniform(*size)
        canvas.fill(oval(x, y, r), dice.choice(colours), opacity=opacity * dice.uniform(0.4, 1))


def confetti(canvas: Canvas, seed: int, count: int, colours: tuple[Colour, ...]) -> None:
    dice = random.Random(seed)
    left, top, right, bottom = canvas.edges
    for _ in range(count):
        x, y = dice.uniform(left, right), dice.uniform(top, bottom)
        piece = dice.choice((oval(x, y, 8), block(x, y, 24, 9, 3), block(x, y, 15, 15, 3)))
        canvas.fill(piece.rotate(dice.uniform(0, 180)), dice.choice(colours), opacity=0.9)


def sparkle(canvas: Canvas, x: float, y: float, r: float, colour: Colour = "#ffffff") -> None:
    canvas.glow(x, y, r * 1.3, colour, 0.35)
    canvas.fill(star(x, y, r, 0.16), colour)


def cloud(canvas: Canvas, x: float, y: float, scale: float = 1, opacity: float = 1) -> None:
    puff = canvas.at(x, y, scale)
    for cx, cy, r in ((-70, 8, 42), (-18, -18, 60), (52, 0, 50), (100, 18, 32)):
        puff.fill(oval(cx, cy, r), linear("#ffffff", "#eef3ff"), opacity=opacity)
    puff.fill(block(-112, 6, 244, 46, 23), linear("#ffffff", "#e9efff"), opacity=opacity)
