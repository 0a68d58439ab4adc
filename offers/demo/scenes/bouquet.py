"""A wrapped bouquet of roses, peonies and daisies."""

import math
import random

from offers.demo.scenes.stage import dots, floor, sunbeams, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import Colour, darker, lighter, linear, radial
from promotions.demo.shapes import block, bow, leaf, line, oval, path, polygon

ROSES = ((500, 330, 112, "#e8305a"), (372, 408, 98, "#ff8b6a"), (632, 404, 100, "#f7679a"))
PEONIES = ((408, 250, 88, "#ffc2cf"), (600, 246, 92, "#fff0e4"), (500, 480, 90, "#ffd27a"))
DAISIES = (
    (300, 318, 54),
    (705, 310, 56),
    (502, 190, 52),
    (290, 480, 46),
    (716, 490, 48),
    (420, 520, 42),
    (590, 524, 44),
    (330, 212, 40),
    (680, 200, 42),
)


def paint(canvas: Canvas) -> None:
    wall(canvas, linear("#d9d3fb", "#c6b8f3", "#f6cfe0", angle=60))
    dots(canvas, 23, 30, ("#ffffff", "#ffe3f1"), (18, 80), opacity=0.28)
    floor(canvas, linear("#fbf3ff", "#d9c3ea"), 820)
    sunbeams(canvas, "#ffffff", 0.25)
    _flowers(canvas.at(50, 94, 0.9))
    _vase(canvas.at(-200, 900))
    _card(canvas.at(1160, 860, 1, -6))


def _flowers(canvas: Canvas) -> None:
    canvas.grounded(520, 936, 200, 26, 0.4)
    _greenery(canvas)
    _wrapping(canvas)
    for x, y, r in DAISIES:
        _daisy(canvas, x, y, r)
    for x, y, r, colour in PEONIES:
        _peony(canvas, x, y, r, colour)
    for x, y, r, colour in ROSES:
        _rose(canvas, x, y, r, colour)
    _front(canvas)


def _greenery(canvas: Canvas) -> None:
    for step in range(19):
        turn = -182 + step * 10.4
        length = 380 + 70 * math.sin(step * 2.1)
        blade = leaf(500, 420, length, 66, turn)
        canvas.fill(blade.move(8, 10), "#1f3b38", blur=10, opacity=0.22)
        canvas.fill(blade, linear("#a7d48c", "#4f9c6a", "#2b7358", angle=turn + 40))
        canvas.fill(
            line(3, (500, 420), (500 + length * 0.95, 420)).rotate(turn, (500, 420)),
            "#e2f6c8",
            opacity=0.5,
        )
    dice = random.Random(16)
    for step in range(16):
        angle = math.radians(-170 + step * 10.6)
        x, y = 500 + 370 * math.cos(angle), 400 + 350 * math.sin(angle)
        for _ in range(9):
            bud = oval(x + dice.uniform(-32, 32), y + dice.uniform(-32, 32), dice.uniform(5, 10))
            canvas.fill(bud, dice.choice(("#ffffff", "#f3e6ff", "#d7b8f5")))


def _wrapping(canvas: Canvas) -> None:
    back = path(
        "M 150 350 Q 240 300 300 360 Q 500 250 700 360 Q 770 300 850 350 L 560 800 L 440 800 "
        "L 150 350"
    )
    canvas.shadow(back, 14, 20, 22, 0.3)
    canvas.fill(back, linear("#fff8ef", "#ecd3c0", angle=60))
    canvas.fill(oval(500, 430, 290, 180), "#1f3b38", blur=40, opacity=0.35)


def _front(canvas: Canvas) -> None:
    for side in (-1, 1):
        flap = path("M 150 350 C 200 470 330 560 560 590 L 566 800 L 446 800 Q 240 600 150 350")
        flap = flap if side < 0 else flap.mirror(500)
        canvas.fill(flap.move(0, -12), "#5a2b4c", blur=14, opacity=0.3)
        canvas.fill(flap, linear("#fffdf8", "#f6dfcf", "#dcb7a2", angle=70 if side < 0 else 110))
        for share in (0.25, 0.5, 0.75):
            crease = path(
                f"M {190 + 300 * share} {440 + 120 * share} "
                f"Q {330 + 150 * share} 640 {460 + 60 * share} 790",
                3,
            )
            canvas.fill(crease if side < 0 else crease.mirror(500), "#c99a84", opacity=0.4)
        rim = path("M 150 350 C 200 470 330 560 560 590", 7)
        canvas.fill(rim if side < 0 else rim.mirror(500), "#ffffff", opacity=0.9)
    for turn in (-14, -5, 5, 14):
        canvas.fill(line(13, (500, 780), (500 + turn * 6, 925)), linear("#6fb46b", "#3b8350"))
    _tie(canvas)


def _tie(canvas: Canvas) -> None:
    silk = linear("#ff9bb6", "#e0386a", "#a81d50", angle=60)
    for side in (-1, 1):
        tail = path("M 500 770 C 560 820 570 880 600 930 L 640 906 C 610 850 580 790 510 750")
        loop = path("M 500 760 C 560 660 690 640 690 710 C 690 790 560 800 500 760")
        for part in (tail, loop):
            part = part if side > 0 else part.mirror(500)
            canvas.fill(part.move(5, 9), "#5a2b4c", blur=7, opacity=0.3)
            canvas.fill(part, silk)
        fold = path("M 520 760 Q 600 700 660 706", 5)
        canvas.fill(fold if side > 0 else fold.mirror(500), "#8a1742", opacity=0.5)
    canvas.fill(block(432, 726, 136, 62, 22), silk)
    canvas.fill(block(470, 722, 60, 70, 22), radial("#ffb6ca", "#e0386a", "#a81d50"))


def _rose(canvas: Canvas, x: float, y: float, r: float, colour: Colour) -> None:
    canvas.fill(oval(x + 6, y + 12, r), "#4a1038", blur=14, opacity=0.4)
    for step in range(6):
        angle = math.radians(step * 60 + 20)
        petal = oval(x + r * 0.42 * math.cos(angle), y + r * 0.42 * math.sin(angle), r * 0.62)
        canvas.fill(petal.move(2, 4), darker(colour, 0.5), blur=4, opacity=0.5)
        canvas.fill(petal, radial(lighter(colour, 0.4), colour, darker(colour, 0.22)))
    for step in range(11):
        _inner_petal(canvas, x, y, r * (0.78 - step * 0.064), colour, step)
    canvas.fill(oval(x, y, r * 0.09), darker(colour, 0.5))


def _inner_petal(canvas: Canvas, x: float, y: float, r: float, colour: Colour, step: int) -> None:
    turn = step * 137  # the angle at which leaves and petals really follow each other
    angle = math.radians(turn)
    cx, cy = x + r * 0.13 * math.cos(angle), y + r * 0.13 * math.sin(angle)
    light, dark = lighter(colour, 0.34 - step * 0.02), darker(colour, 0.1 + step * 0.03)
    canvas.fill(oval(cx, cy, r, r * 0.94), linear(light, dark, angle=turn + 180))
    rim = bow(cx, cy, r * 0.94, r * 0.88, turn + 130, turn + 250, 4)
    canvas.fill(rim, lighter(colour, 0.6), opacity=0.6)


def _peony(canvas: Canvas, x: float, y: float, r: float, colour: Colour) -> None:
    canvas.fill(oval(x + 6, y + 10, r), "#4a1038", blur=12, opacity=0.35)
    for ring_number, (far, size, count) in enumerate(
        ((0.62, 0.46, 9), (0.4, 0.42, 7), (0.18, 0.36, 5))
    ):
        for step in range(count):
            angle = math.radians(step * 360 / count + ring_number * 23)
            petal = oval(
                x + r * far * math.cos(angle),
                y + r * far * math.sin(angle),
                r * size,
                r * size * 0.8,
            )
            petal = petal.rotate(math.degrees(angle))
            canvas.fill(petal, darker(colour, 0.3), blur=4, opacity=0.4)
            canvas.fill(
                petal.scale(0.96), radial(lighter(colour, 0.55), colour, darker(colour, 0.12))
            )
    canvas.fill(oval(x, y, r * 0.2), radial("#fff3b8", "#f5b63c"))


def _daisy(canvas: Canvas, x: float, y: float, r: float) -> None:
    canvas.fill(oval(x + 4, y + 8, r), "#1f3b38", blur=9, opacity=0.35)
    for step in range(13):
        petal = oval(x + r * 0.6, y, r * 0.44, r * 0.17).rotate(step * 360 / 13, (x, y))
        canvas.fill(petal, linear("#ffffff", "#dfe3f7"))
    canvas.fill(oval(x, y, r * 0.3), radial("#ffe887", "#f6b52e", "#cf7f16"))


def _vase(canvas: Canvas) -> None:
    canvas.grounded(20, 4, 130, 18, 0.35)
    for turn, length in ((-118, 330), (-100, 420), (-84, 380), (-66, 330)):
        stem = line(5, (0, -220), (length, -220)).rotate(turn, (0, -220))
        canvas.fill(stem, "#5aa36a")
        for share in (0.5, 0.62, 0.74, 0.86, 0.98):
            angle = math.radians(turn)
            x, y = length * share * math.cos(angle), -220 + length * share * math.sin(angle)
            for dx in (-15, 15):
                canvas.fill(oval(x + dx, y, 15, 22).rotate(dx), radial("#c9a4f2", "#8d66d6"))
            canvas.fill(oval(x, y - 8, 14, 20), radial("#e2caff", "#9f78e4"))
    body = path(
        "M -40 -240 C -36 -190 -120 -150 -110 -70 C -104 -10 -60 0 0 0 C 60 0 104 -10 110 -70 "
        "C 120 -150 36 -190 40 -240"
    )
    canvas.fill(body, linear("#ffffff", "#d9e6f7", "#8fa6d6", angle=20))
    canvas.fill(oval(-58, -96, 14, 46).rotate(14), "#ffffff", blur=4)


def _card(canvas: Canvas) -> None:
    paper = polygon((-130, -180), (130, -180), (130, 10), (-130, 10))
    canvas.shadow(paper, 12, 16, 12, 0.3)
    canvas.fill(paper, linear("#ffffff", "#f3e6ee"))
    heart = path("M 0 -50 C -90 -110 -40 -160 0 -116 C 40 -160 90 -110 0 -50")
    canvas.fill(heart, linear("#ff8fab", "#d9305f"))
    for y, w in ((-28, 70), (-10, 46)):
        canvas.fill(line(5, (-w, y), (w, y)), "#cbb6d8")
