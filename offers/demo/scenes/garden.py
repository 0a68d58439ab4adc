"""A watering can among flower pots and sunflowers."""

import math
import random

from offers.demo.scenes.stage import cloud, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import Colour, darker, lighter, linear, radial
from promotions.demo.shapes import barrel, block, bow, leaf, line, oval, path, polygon

CAN = "#3fa7c9"
# Where, how tall, how large.
SUNFLOWERS = (
    (-250, 560, 1),
    (-90, 440, 0.75),
    (1210, 600, 1.05),
    (1360, 430, 0.8),
    (70, 520, 0.7),
)


def paint(canvas: Canvas) -> None:
    wall(canvas, linear("#79c9f2", "#c4ecfb", "#f4fbe4"))
    canvas.glow(830, 120, 420, "#fff6c4", 0.9)
    canvas.fill(oval(830, 120, 80), radial("#fffde6", "#ffe27a"))
    for x, y, scale in ((120, 130, 0.9), (-300, 200, 1.1), (1250, 210, 1)):
        cloud(canvas, x, y, scale)
    _hedge(canvas)
    _fence(canvas)
    canvas.fill(block(-560, 720, 2200, 800), linear("#95d46a", "#55a84e", "#3f8f47"))
    _grass(canvas)
    for x, height, scale in SUNFLOWERS:
        _sunflower(canvas, x, 800, height, scale)
    _pot(canvas.at(830, 890, 0.92), "#f06a8a", 3)
    _pot(canvas.at(1010, 930, 0.74), "#b07df0", 4)
    _pot(canvas.at(140, 935, 0.8), "#ffc93d", 5)
    _can(canvas.at(20, 40))
    for x, y, colour in ((240, 330, "#ff9d3c"), (700, 300, "#e86fb0"), (1090, 350, "#ffd23f")):
        _butterfly(canvas.at(x, y, 0.9, 14), colour)


def _hedge(canvas: Canvas) -> None:
    dice = random.Random(8)
    for row, (low, high) in enumerate((("#6fbf6a", "#3f8f5a"), ("#8fd375", "#4fa55f"))):
        for x in range(-540, 1560, 74):
            r = dice.uniform(58, 92)
            canvas.fill(oval(x + row * 37, 590 + row * 50, r), radial(low, high, spot=(0.4, 0.2)))


def _fence(canvas: Canvas) -> None:
    for y in (560, 670):
        canvas.fill(block(-560, y, 2200, 26), linear("#ffffff", "#c9d3d6"))
    for x in range(-550, 1560, 84):
        slat = polygon((x, 500), (x + 29, 464), (x + 58, 500), (x + 58, 748), (x, 748))
        canvas.fill(slat.move(7, 6), "#24503a", blur=6, opacity=0.25)
        canvas.fill(slat, linear("#ffffff", "#f3f4ef", "#ccd5d5", angle=10))


def _grass(canvas: Canvas) -> None:
    dice = random.Random(13)
    for _ in range(240):
        x, y = dice.uniform(-520, 1520), dice.uniform(712, 1000)
        tuft = path(
            f"M {x - 5} {y} "
            f"Q {x} {y - 14} {x + dice.uniform(-12, 12)} {y - dice.uniform(18, 34)} "
            f"Q {x + 3} {y - 10} {x + 6} {y}"
        )
        canvas.fill(tuft, dice.choice(("#b5e57d", "#3f8f47", "#74c15b")), opacity=0.75)


def _sunflower(canvas: Canvas, x: float, foot: float, height: float, scale: float) -> None:
    stem = path(f"M {x} {foot} Q {x + 30} {foot - height / 2} {x} {foot - height}", 17 * scale)
    canvas.fill(stem, linear("#7fc65a", "#3f8f43", angle=0))
    for up, lean in ((0.3, -30), (0.42, 210), (0.58, -38), (0.68, 216)):
        canvas.fill(
            leaf(x + 12, foot - height * up, 130 * scale, 58 * scale, lean),
            linear("#a4dc6a", "#469b45", angle=60),
        )
    head = canvas.at(x, foot - height, scale)
    for ring_turn, colours in ((0.0, ("#ffb41f", "#f08c12")), (11, ("#ffe35c", "#ffb922"))):
        for step in range(16):
            turn = ring_turn + step * 22.5
            head.fill(leaf(0, 0, 132, 42, turn), linear(*colours, angle=turn))
    head.fill(oval(4, 6, 62), "#5a2a0c", blur=8, opacity=0.5)
    head.fill(oval(0, 0, 58), radial("#b06a2c", "#7a4318", "#4a250c"))
    for step in range(60):
        far, angle = 6.6 * math.sqrt(step), step * 2.4
        head.fill(oval(far * math.cos(angle), far * math.sin(angle), 3.4), "#e2a552", opacity=0.75)


def _pot(canvas: Canvas, colour: Colour, seed: int) -> None:
    dice = random.Random(seed)
    canvas.grounded(18, 4, 130, 18, 0.5)
    for _ in range(18):
        blade = leaf(
            dice.uniform(-60, 60), -190, dice.uniform(90, 190), 42, dice.uniform(-160, -20)
        )
        canvas.fill(blade, linear("#a4dc6a", "#3f9147", angle=dice.uniform(30, 90)))
    for _ in range(13):
        _flower(
            canvas, dice.uniform(-118, 118), dice.uniform(-370, -220), dice.uniform(26, 38), colour
        )
    body = path("M -108 -180 L 108 -180 L 78 -6 Q 0 18 -78 -6 L -108 -180")
    canvas.fill(body, linear("#f0a070", "#d9713f", "#9c4522", angle=0))
    rim = block(-124, -212, 248, 48, 12)
    canvas.fill(rim.move(0, 14), "#5a2410", blur=8, opacity=0.5, within=body)
    canvas.fill(rim, linear("#f6b488", "#dd7a48", "#a54d29", angle=0))
    canvas.fill(block(-112, -206, 150, 9, 4), "#ffffff", blur=3, opacity=0.5)


def _flower(canvas: Canvas, x: float, y: float, r: float, colour: Colour) -> None:
    canvas.fill(oval(x + 4, y + 7, r * 1.1), "#1f4a2c", blur=7, opacity=0.35)
    for step in range(6):
        angle = math.radians(step * 60 + x)
        petal = oval(x + r * 0.62 * math.cos(angle), y + r * 0.62 * math.sin(angle), r * 0.52)
        canvas.fill(petal, radial(lighter(colour, 0.55), colour, darker(colour, 0.12)))
    canvas.fill(oval(x, y, r * 0.34), radial("#fff6c4", "#f6b52e"))


def _can(canvas: Canvas) -> None:
    canvas.grounded(500, 886, 260, 30, 0.5)
    _water(canvas)
    canvas.fill(bow(620, 620, 190, 190, -128, 72, 34), linear(lighter(CAN), darker(CAN, 0.35)))
    canvas.fill(bow(614, 612, 196, 196, -110, 20, 6), lighter(CAN, 0.7), opacity=0.7)
    _spout(canvas)
    metal = linear(lighter(CAN, 0.55), CAN, darker(CAN, 0.38), angle=0)
    canvas.fill(barrel(500, 520, 850, 172, 34, 1.08), metal)
    canvas.fill(bow(500, 610, 176, 36, 0, 180, 12), lighter(CAN, 0.6), opacity=0.8)
    canvas.fill(bow(500, 800, 184, 38, 0, 180, 12), lighter(CAN, 0.6), opacity=0.8)
    canvas.fill(block(362, 560, 28, 270, 14), "#ffffff", blur=7, opacity=0.6)
    _flower(canvas, 500, 726, 44, "#ffffff")
    canvas.fill(oval(500, 520, 172, 34), linear(lighter(CAN, 0.5), darker(CAN, 0.2), angle=10))
    canvas.fill(oval(500, 524, 152, 25), linear("#1d5a78", "#3f93b5"))
    canvas.fill(path("M 340 510 C 350 360 640 360 660 510", 26), metal)


def _spout(canvas: Canvas) -> None:
    pipe = path("M 350 780 C 280 700 250 600 186 500 L 232 474 C 300 560 330 620 400 640")
    canvas.fill(pipe, linear(lighter(CAN, 0.4), CAN, darker(CAN, 0.35), angle=30))
    rose = polygon((105, 506), (236, 410), (246, 478), (192, 512))
    canvas.fill(rose, linear(lighter(CAN, 0.35), CAN, darker(CAN, 0.3), angle=40))
    canvas.fill(oval(170, 458, 80, 22).rotate(-36), linear("#ffe08a", "#d99a2b", angle=30))
    for dx, dy in ((-44, 30), (-18, 14), (8, -6), (34, -24)):
        canvas.fill(oval(170 + dx, 458 + dy, 6), "#7a4a10")


def _water(canvas: Canvas) -> None:
    dice = random.Random(5)
    for step in range(6):
        left, top = 124 + step * 17, 500 - step * 13
        bend = f"Q {left - 60} {top + 30} {left - 96 + step * 8} 760"
        stream = path(f"M {left} {top} {bend}", 5)
        canvas.fill(stream, "#e8fbff", opacity=0.75)
    for _ in range(34):
        x, y = dice.uniform(-10, 170), dice.uniform(540, 790)
        canvas.fill(oval(x, y, dice.uniform(3, 7)), radial("#ffffff", "#9fe0f7"))


def _butterfly(canvas: Canvas, colour: Colour) -> None:
    for side in (-1, 1):
        upper = path("M 0 0 C 20 -70 92 -80 88 -34 C 84 6 30 10 0 0").scale(side, 1, (0, 0))
        lower = path("M 0 0 C 50 4 76 30 56 54 C 34 72 6 40 0 0").scale(side, 1, (0, 0))
        for wing in (lower, upper):
            canvas.fill(
                wing, radial(lighter(colour, 0.5), colour, darker(colour, 0.3), spot=(0.5, 0.5))
            )
        canvas.fill(oval(side * 62, -38, 12), "#ffffff", opacity=0.8)
        canvas.fill(path(f"M 0 -20 Q {side * 6} -50 {side * 22} -58", 3), "#4a2f2a")
    canvas.fill(line(9, (0, -22), (0, 34)), "#4a2f2a")
