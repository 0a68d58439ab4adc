"""A paper bag full of fruit, vegetables and bread."""

import math
import random

from offers.demo.scenes.stage import dots, floor, sunbeams, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import Colour, darker, lighter, linear, radial
from promotions.demo.shapes import Shape, arc, block, leaf, line, oval, path, polygon, ring, star


def paint(canvas: Canvas) -> None:
    wall(canvas, radial("#f3f7c9", "#cfe79a", "#93c66d", spot=(0.48, 0.42), reach=0.75))
    dots(canvas, 33, 22, ("#ffffff", "#f7ffd6"), (24, 90), opacity=0.25)
    _awning(canvas)
    floor(canvas, linear("#f4d9ad", "#d3a768"), 790)
    sunbeams(canvas, "#fffbe0", 0.2)
    _crate(canvas.at(-190, 915))
    _milk(canvas.at(1010, 880))
    _cheese(canvas.at(1240, 910))
    canvas.grounded(520, 916, 300, 34, 0.5)
    _contents(canvas)
    _bag(canvas)
    for x, y, colour in (
        (235, 892, "#e8473a"),
        (775, 900, "#f6a21e"),
        (860, 930, "#e8473a"),
        (150, 930, "#8fc63f"),
    ):
        _fruit(canvas.at(x, y, 0.86), colour)


def _awning(canvas: Canvas) -> None:
    for step, x in enumerate(range(-520, 1520, 102)):
        colour = "#ffffff" if step % 2 else "#3f9a5a"
        strip = Shape(((x, -260), (x + 102, -260), *arc(x + 51, 92, 51, 34, 0, 180)))
        canvas.fill(strip.move(6, 12), "#24503a", blur=10, opacity=0.25)
        canvas.fill(strip, linear(lighter(colour, 0.2), darker(colour, 0.1)))


def _contents(canvas: Canvas) -> None:
    canvas.fill(path("M 270 480 L 730 480 L 716 620 L 284 620"), "#7a5330")
    for x, turn in ((352, -15), (420, -7)):
        _baguette(canvas.at(x, 400, 1, turn))
    _leek(canvas.at(655, 520))
    _carrots(canvas.at(566, 470))
    _lettuce(canvas.at(480, 450))
    for x, y, colour in ((350, 486, "#e8473a"), (640, 492, "#f6a21e"), (560, 498, "#c9d640")):
        _fruit(canvas.at(x, y, 0.92), colour)


def _bag(canvas: Canvas) -> None:
    teeth = [(262 + 28 * step, 505 - step % 2 * 17) for step in range(18)]
    front = polygon(*teeth, (722, 916), (278, 916))
    canvas.fill(front, linear("#eac79a", "#d8a970", "#b8834b", angle=25))
    far_side = polygon((640, 488), (738, 488), (722, 916), (668, 916))
    canvas.fill(far_side, "#8a5a2f", opacity=0.3, within=front)
    near_side = polygon((262, 488), (330, 488), (322, 916), (278, 916))
    canvas.fill(near_side, "#fff0d2", opacity=0.35, within=front)
    for crease in ("M 330 500 L 322 916", "M 640 500 L 668 916"):
        canvas.fill(path(crease, 3), "#8a5a2f", opacity=0.5)
    canvas.fill(path("M 290 800 L 660 830 L 722 790", 3), "#8a5a2f", opacity=0.3)
    _emblem(canvas)


def _emblem(canvas: Canvas) -> None:
    canvas.fill(oval(492, 700, 112), "#ffffff", opacity=0.92)
    canvas.fill(ring(492, 700, 98, 4), "#3f9a5a")
    for turn, length in ((-90, 92), (-138, 76), (-42, 76)):
        blade = leaf(492, 756, length, 46, turn)
        canvas.fill(blade, linear("#8fd06a", "#3f9a5a", angle=turn + 60))
        vein = line(3, (492, 756), (492 + length * 0.8, 756)).rotate(turn, (492, 756))
        canvas.fill(vein, "#ffffff", opacity=0.7)


def _baguette(canvas: Canvas) -> None:
    loaf = block(-48, -260, 96, 440, 48)
    canvas.shadow(loaf, 8, 8, 8, 0.35)
    canvas.fill(loaf, linear("#f8cf8a", "#dd9a4a", "#a55f24", angle=0))
    for y in range(-220, 120, 66):
        slash = path(f"M -30 {y + 26} Q 0 {y - 16} 36 {y - 8} Q 10 {y + 14} -30 {y + 26}")
        canvas.fill(slash, linear("#fff0cf", "#f2c583"))
    canvas.fill(block(-34, -240, 12, 360, 6), "#ffffff", blur=5, opacity=0.45)


def _leek(canvas: Canvas) -> None:
    for turn, length in ((-112, 330), (-98, 390), (-84, 400), (-70, 370), (-58, 310)):
        blade = leaf(0, -40, length, 70, turn)
        canvas.fill(blade.move(5, 5), "#24503a", blur=6, opacity=0.3)
        canvas.fill(blade, linear("#cfeaa0", "#5fae56", "#2f7d46", angle=turn))
        canvas.fill(
            line(3, (0, -40), (length * 0.9, -40)).rotate(turn, (0, -40)), "#e9f8c9", opacity=0.6
        )
    canvas.fill(block(-34, -90, 68, 220, 30), linear("#ffffff", "#dcebb0", "#a5cc7a", angle=0))


def _carrots(canvas: Canvas) -> None:
    for x, turn in ((-20, -10), (34, 7)):
        root = canvas.at(x, 0, 1, turn)
        for blade_turn in (-128, -108, -90, -72, -52):
            root.fill(leaf(0, -116, 150, 38, blade_turn), linear("#a9e06a", "#3f9a45", angle=60))
        root.fill(
            path("M -36 -110 Q 0 -136 36 -110 C 34 0 14 80 0 120 C -14 80 -34 0 -36 -110"),
            linear("#ffb45c", "#f47d20", "#c4560e", angle=0),
        )
        for y in (-86, -50, -16):
            root.fill(line(4, (-20, y), (2, y + 3)), "#c4560e", opacity=0.6)


def _lettuce(canvas: Canvas) -> None:
    dice = random.Random(4)
    for _ in range(34):
        angle, far = dice.uniform(math.pi, math.tau), dice.uniform(20, 110)
        x, y = far * math.cos(angle), far * 0.8 * math.sin(angle) + 36
        canvas.fill(oval(x + 3, y + 6, 42, 36), "#2f6b2f", blur=6, opacity=0.3)
        canvas.fill(oval(x, y, 42, 36), radial("#e2f7a0", "#9ed657", "#56a63c"))


def _fruit(canvas: Canvas, colour: Colour) -> None:
    canvas.grounded(12, 56, 58, 12, 0.4)
    body = path(
        "M 0 -44 C 30 -68 80 -50 76 4 C 72 50 36 70 0 60 C -36 70 -72 50 -76 4 "
        "C -80 -50 -30 -68 0 -44"
    )
    canvas.fill(body, radial(lighter(colour, 0.5), colour, darker(colour, 0.38)))
    canvas.fill(path("M 0 -42 Q 2 -64 14 -78", 8), "#6a4128")
    canvas.fill(leaf(6, -58, 56, 28, -24), linear("#a6dd68", "#469b3f"))
    canvas.fill(oval(-38, -14, 10, 19).rotate(24), "#ffffff", opacity=0.75)


def _crate(canvas: Canvas) -> None:
    canvas.grounded(20, 6, 240, 20, 0.45)
    for row, y in ((0, -210), (1, -186)):
        for step in range(6):
            x = -170 + step * 66 + row * 10
            tomato = oval(x, y, 44)
            canvas.fill(tomato, radial("#ff9a78", "#e8473a", "#a81d1d"))
            canvas.fill(star(x + 2, y - 18, 24, 0.3, 5), "#3f8f3c")
    for y in (-172, -112, -52):
        slat = block(-226, y, 452, 50, 6)
        canvas.fill(slat.move(0, 8), "#4a2a14", blur=5, opacity=0.4)
        canvas.fill(slat, linear("#e9bd82", "#c48a4b"))
        canvas.fill(line(2, (-200, y + 20), (150, y + 24)), "#9a6230", opacity=0.4)
    for x in (-226, 184):
        canvas.fill(block(x, -186, 42, 190, 5), linear("#f0ca92", "#b57a3e"))
        for y in (-148, -88, -28):
            canvas.fill(oval(x + 21, y, 5), "#7a4a20")


def _milk(canvas: Canvas) -> None:
    canvas.grounded(16, 4, 110, 16, 0.45)
    canvas.fill(
        polygon((-84, -280), (84, -280), (84, 0), (-84, 0)),
        linear("#ffffff", "#eaf2fa", "#b9cfe3", angle=0),
    )
    canvas.fill(
        polygon((-84, -280), (84, -280), (60, -356), (-60, -356)), linear("#dfeaf5", "#a9c3dc")
    )
    canvas.fill(block(-64, -392, 128, 40, 6), linear("#ffffff", "#c9daea"))
    wave = path(
        "M -84 -150 C -50 -190 -20 -110 20 -150 C 50 -176 66 -160 84 -140 L 84 0 L -84 0 L -84 -150"
    )
    canvas.fill(wave, linear("#5ab0ee", "#2a72c0"))
    canvas.fill(path("M 0 -252 C 36 -212 34 -180 0 -180 C -34 -180 -36 -212 0 -252"), "#2a72c0")
    canvas.fill(polygon((40, -280), (84, -280), (84, 0), (56, 0)), "#1d3f6b", opacity=0.16)


def _cheese(canvas: Canvas) -> None:
    canvas.grounded(20, 4, 150, 16, 0.45)
    canvas.fill(
        polygon((-150, -70), (40, -170), (150, -100), (-150, -70)), linear("#fff0a8", "#ffdb6a")
    )
    front = polygon((-150, -70), (150, -100), (150, 0), (-150, 0))
    canvas.fill(front, linear("#ffd75c", "#f0ae2a", angle=30))
    for x, y, r in ((-90, -34, 17), (-20, -58, 13), (30, -22, 20), (96, -62, 16), (120, -20, 9)):
        canvas.fill(oval(x, y, r, r * 0.9), linear("#c98412", "#f0b63a"), within=front)
