"""A glowing tent by the lake at dusk, with a campfire."""

import math
import random

from offers.demo.scenes.stage import dots, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import darker, lighter, linear, mix, radial
from promotions.demo.shapes import Point, Shape, block, line, oval, path, polygon, star

NIGHT = "#2b2a6b"


def paint(canvas: Canvas) -> None:
    wall(canvas, linear("#1d1b54", "#4a3b8f", "#a8568f", "#f08a6b", "#ffd08a"))
    _sky(canvas)
    _mountains(canvas)
    _lake(canvas)
    _forest(canvas)
    _shore(canvas)
    _pine(canvas, -250, 880, 620, "#14243a")
    _pine(canvas, -400, 930, 760, "#0e1a2e")
    _pine(canvas, 1330, 900, 700, "#0e1a2e")
    _grass(canvas)
    _tent(canvas)
    _fire(canvas.at(905, 890))
    _rucksack(canvas.at(105, 905))
    _fireflies(canvas)


def _shore(canvas: Canvas) -> None:
    ridge = "M -560 800 C -200 720 200 760 500 750 C 800 740 1200 720 1560 790"
    ground = path(f"{ridge} L 1560 1300 L -560 1300")
    canvas.fill(ground, linear("#4a5a4f", "#26333a", "#141c28"))


def _sky(canvas: Canvas) -> None:
    dots(canvas, 41, 120, ("#ffffff", "#ffe9c4"), (1.5, 4), (-500, 0, 1500, 360), 0.95)
    canvas.glow(770, 150, 230, "#ffeec4", 0.55)
    canvas.fill(oval(770, 150, 68), radial("#fffdf0", "#ffe6ae"))
    for x, y, r in ((748, 132, 13), (792, 164, 17), (780, 118, 8)):
        canvas.fill(oval(x, y, r), "#eccb8a", opacity=0.6)
    for x, y, r in ((200, 90, 14), (-180, 160, 18), (1190, 90, 16), (420, 180, 10)):
        canvas.fill(star(x, y, r, 0.2), "#ffffff")


def _mountains(canvas: Canvas) -> None:
    dice = random.Random(10)
    for peaks, foot, colour in (
        ((-420, 300), 620, "#8a5a9c"),
        ((60, 230), 620, "#7d5299"),
        ((560, 300), 620, "#87579b"),
        ((1080, 210), 620, "#774e96"),
        ((1420, 320), 620, "#8a5a9c"),
    ):
        x, top = peaks
        slope = polygon((x - 380, foot), (x, top), (x + 380, foot))
        canvas.fill(slope, linear(lighter(colour, 0.12), mix(colour, "#f08a6b", 0.5)))
        shade = polygon(
            (x, top), (x + 380, foot), (x + 60, foot), (x - 26, top + 190), (x + 20, top + 110)
        )
        canvas.fill(shade, darker(colour, 0.3), opacity=0.5)
        snow: list[Point] = [(x - 88, top + 76), (x, top), (x + 88, top + 76)]
        snow += [(x + 60 - step * 38, top + 76 + dice.uniform(-26, 34)) for step in range(4)]
        canvas.fill(Shape(tuple(snow)), linear("#fff6ef", "#f2b9b0"), within=slope)


def _lake(canvas: Canvas) -> None:
    canvas.fill(block(-560, 612, 2200, 190), linear("#ffc58a", "#d9708a", "#5a4593"))
    dice = random.Random(18)
    for _ in range(60):
        x, y = dice.uniform(-520, 1500), dice.uniform(622, 760)
        canvas.fill(
            line(3, (x, y), (x + dice.uniform(30, 140), y)),
            "#fff0cf",
            opacity=dice.uniform(0.15, 0.5),
        )
    for step in range(9):
        width = 30 + step * 6
        canvas.fill(
            line(5, (770 - width, 626 + step * 15), (770 + width, 626 + step * 15)),
            "#fff3cf",
            opacity=0.6,
        )


def _forest(canvas: Canvas) -> None:
    dice = random.Random(20)
    for x in range(-540, 1560, 44):
        gap = 0.5 if 300 < x < 1000 else 1
        _pine(canvas, x, 640, dice.uniform(70, 170) * gap, "#4a3470")
    for side in (-1, 1):
        for step in range(7):
            x = 500 + side * (1000 - step * 78)
            _pine(canvas, x, 800, dice.uniform(190, 330), "#26305a")


def _pine(canvas: Canvas, x: float, foot: float, height: float, colour: str) -> None:
    canvas.fill(
        block(x - height * 0.02, foot - height * 0.1, height * 0.04, height * 0.1), darker(colour)
    )
    for share in (0.0, 0.2, 0.4, 0.6):
        low, wide = foot - height * (0.06 + share), height * (0.24 - share * 0.24)
        tier = polygon(
            (x - wide, low), (x, low - height * 0.42), (x + wide, low), (x, low - height * 0.04)
        )
        canvas.fill(tier, linear(lighter(colour, 0.16), colour, angle=20))


def _grass(canvas: Canvas) -> None:
    dice = random.Random(24)
    for _ in range(170):
        x, y = dice.uniform(-520, 1520), dice.uniform(775, 1000)
        canvas.fill(
            line(3, (x, y), (x + dice.uniform(-7, 7), y - dice.uniform(12, 26))),
            dice.choice(("#6f8a5f", "#1d2a33", "#51694f")),
            opacity=0.8,
        )


def _tent(canvas: Canvas) -> None:
    canvas.grounded(480, 892, 400, 32, 0.6)
    canvas.glow(460, 700, 620, "#ffc25e", 0.5)
    for end in (60, 880):
        canvas.fill(line(4, (470, 400), (end, 900)), "#e8d3a8", opacity=0.7)
        canvas.fill(line(9, (end, 884), (end + (end - 470) * 0.03, 912)), "#c9a15a")
    side = polygon((470, 385), (640, 430), (850, 876), (790, 892))
    canvas.fill(side, linear("#d0512f", "#8f2f35", angle=0))
    front = path("M 470 385 Q 330 690 140 892 L 790 892 Q 610 690 470 385")
    canvas.fill(front, linear("#ffb04f", "#f4763a", "#d9532f"))
    lit = path("M 470 385 Q 330 690 140 892 L 300 892 Q 420 680 470 385")
    canvas.fill(lit, "#fff0c0", opacity=0.25)
    _doorway(canvas)
    canvas.fill(path("M 470 385 Q 330 690 140 892", 8), "#ffe3b0")
    canvas.fill(path("M 470 385 Q 610 690 790 892", 8), "#ffe3b0", opacity=0.8)
    _lantern(canvas.at(470, 545))


def _doorway(canvas: Canvas) -> None:
    inside = path("M 470 470 Q 400 720 322 892 L 618 892 Q 540 720 470 470")
    canvas.fill(inside, linear("#fffbe0", "#ffe08a", "#ffb64f"))
    canvas.glow(470, 790, 190, "#ffffff", 0.8)
    for x in (380, 560):
        canvas.fill(oval(x, 872, 62, 24), linear("#6ea8d9", "#345f9c"), within=inside)
    canvas.fill(block(360, 858, 220, 40, 18), linear("#7fb9e6", "#3a6bab"), within=inside)
    flap = path("M 470 470 Q 400 720 322 892 L 262 892 Q 340 800 372 700 Q 430 620 470 470")
    for curtain in (flap, flap.mirror(470)):
        canvas.fill(curtain, linear("#ffd08a", "#ef7f3f", "#c94f2c", angle=70))


def _lantern(canvas: Canvas) -> None:
    canvas.fill(line(3, (0, -60), (0, 0)), "#7a4a22")
    canvas.glow(0, 34, 150, "#ffffff", 0.9)
    canvas.fill(block(-20, 4, 40, 56, 10), radial("#ffffff", "#fff3b0", "#ffc94f"))
    canvas.fill(block(-24, -6, 48, 14, 6), "#7a4a22")
    canvas.fill(block(-24, 56, 48, 12, 5), "#7a4a22")


def _fire(canvas: Canvas) -> None:
    canvas.glow(0, -60, 420, "#ff9a3c", 0.65)
    canvas.fill(oval(0, 14, 150, 26), "#0e1420", blur=8, opacity=0.6)
    for turn in (16, -16):
        log = block(-104, -18, 208, 34, 16).rotate(turn)
        canvas.fill(log, linear("#b5723f", "#5a3018"))
    flame = path(
        "M 0 -250 C 40 -180 96 -120 74 -40 C 60 6 -60 6 -74 -40 C -92 -100 -56 -130 -44 -176 "
        "C -30 -150 -20 -150 -14 -160 C -4 -190 -6 -220 0 -250"
    )
    for size, colours in (
        (1, ("#ffb02e", "#f0502a")),
        (0.7, ("#ffe15c", "#ff9a2b")),
        (0.42, ("#ffffff", "#ffe98a")),
    ):
        canvas.fill(flame.scale(size, about=(0, -4)), linear(*colours))
    for step in range(9):
        stone = oval(-140 + step * 35, 22 + 8 * math.sin(step * 0.8 + 0.5), 24, 17)
        canvas.fill(stone, radial("#d9b8a0", "#75686f", "#3a3540"))


def _rucksack(canvas: Canvas) -> None:
    canvas.grounded(14, 4, 110, 16, 0.5)
    canvas.fill(block(-84, -232, 168, 58, 28), linear("#8fd0c4", "#3f8f8a"))
    canvas.fill(block(-92, -190, 184, 192, 44), linear("#5aa9e0", "#2f6bb0", "#1b3f78", angle=20))
    canvas.fill(block(-64, -92, 128, 84, 22), linear("#79bff0", "#2a5f9f"))
    canvas.fill(block(-80, -196, 160, 76, 30), linear("#7fc0f0", "#3577bd"))
    for x in (-42, 26):
        canvas.fill(block(x, -186, 16, 104, 6), "#ffc24d")


def _fireflies(canvas: Canvas) -> None:
    dice = random.Random(30)
    for _ in range(30):
        x, y = dice.uniform(-480, 1480), dice.uniform(560, 960)
        canvas.glow(x, y, 26, "#fff09a", 0.7)
        canvas.fill(oval(x, y, 4), "#fffbd6")
