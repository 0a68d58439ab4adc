"""Lipstick, perfume, cream and powder on podiums under an arch."""

import math
import random

from offers.demo.scenes.stage import floor, sparkle, sunbeams, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import lighter, linear, radial
from promotions.demo.shapes import Shape, arc, barrel, block, bow, leaf, line, oval, path, polygon

GOLD = linear("#fff3cf", "#f0cd86", "#c0904a", "#f3d79b", "#a9763a", angle=0)


def paint(canvas: Canvas) -> None:
    wall(canvas, linear("#f7cfcf", "#eeb0b6", "#dd93a3", angle=60))
    _arch(canvas)
    _palm(canvas)
    floor(canvas, linear("#f3bfc2", "#d38a9c"), 780)
    _podium(canvas, 500, 760, 900, 210)
    _podium(canvas, 215, 840, 930, 150)
    _podium(canvas, 800, 830, 930, 160)
    _lipstick(canvas.at(500, 760))
    _perfume(canvas.at(800, 822))
    _cream(canvas.at(215, 836))
    _powder(canvas.at(-210, 880))
    _brushes(canvas)
    _petals(canvas)
    sunbeams(canvas, "#fff4ea", 0.18)
    for x, y, r in ((640, 190, 36), (350, 330, 22), (905, 420, 26), (120, 650, 20)):
        sparkle(canvas, x, y, r)


def _arch(canvas: Canvas) -> None:
    for rx, colours in ((370, ("#fff3ee", "#f6cdcd")), (318, ("#d97f93", "#f2b3b2", "#f9d3c9"))):
        niche = Shape((*arc(500, 420, rx, rx, 180, 360), (500 + rx, 790), (500 - rx, 790)))
        canvas.shadow(niche, 12, 14, 20, 0.16)
        canvas.fill(niche, linear(*colours, angle=50))
    canvas.glow(500, 430, 420, "#fff6ec", 0.55)


def _palm(canvas: Canvas) -> None:
    for x, side in ((-330, 1), (1340, -1)):
        for step in range(9):
            turn = -90 + side * (step * 17 - 48)
            blade = leaf(x, 800, 470 - 16 * abs(step - 4), 34, turn)
            canvas.fill(blade, linear("#c9667f", "#e59aa6", angle=turn), opacity=0.5)


def _podium(canvas: Canvas, cx: float, top: float, bottom: float, rx: float) -> None:
    ry = rx * 0.17
    canvas.grounded(cx + 20, bottom + 8, rx * 1.08, ry, 0.4)
    canvas.fill(barrel(cx, top, bottom, rx, ry), linear("#fffaf6", "#f6d8d4", "#cf95a1", angle=0))
    canvas.fill(oval(cx, top, rx, ry), linear("#ffffff", "#f8dedb", angle=20))
    canvas.fill(bow(cx, top, rx * 0.985, ry * 0.97, 10, 170, 3), "#ffffff", opacity=0.8)
    canvas.fill(oval(cx + 24, top + 6, rx * 0.55, ry * 0.5), "#8c3b58", blur=12, opacity=0.35)


def _tube(canvas: Canvas, rx: float, top: float, foot: float, paint) -> None:
    canvas.fill(barrel(0, top, foot, rx, rx * 0.2), paint)
    canvas.fill(oval(0, top, rx, rx * 0.2), linear("#fff7e0", "#d7a964", angle=20))


def _lipstick(canvas: Canvas) -> None:
    black = linear("#6b5766", "#2b2030", "#120c18", "#4a3a48", "#150e1a", angle=0)
    _tube(canvas, 84, -190, 0, black)
    canvas.fill(block(-58, -180, 16, 170, 8), "#ffffff", blur=5, opacity=0.5)
    _tube(canvas, 72, -320, -196, GOLD)
    canvas.fill(bow(0, -210, 72, 14, 0, 180, 5), "#8f6430", opacity=0.6)
    bullet = path("M -56 -318 L -56 -470 C -50 -560 30 -600 56 -596 L 56 -318 Q 0 -300 -56 -318")
    canvas.fill(bullet, linear("#ff8a9a", "#e0274f", "#a80f3c", "#d3315a", angle=0))
    slant = path("M -56 -470 C -50 -560 30 -600 56 -596 C 60 -560 20 -480 -56 -470")
    canvas.fill(slant, linear("#ffb3bd", "#f0506f", "#d62e55", angle=50))
    canvas.fill(block(-42, -460, 12, 130, 6), "#ffffff", blur=3, opacity=0.65)


def _perfume(canvas: Canvas) -> None:
    glass = block(-112, -250, 224, 250, 34)
    canvas.fill(glass, linear("#fff1f4", "#f7b6c6", "#e2809e", angle=50))
    canvas.fill(block(-94, -176, 188, 160, 24), linear("#ff9fb6", "#d6527d"), opacity=0.75)
    canvas.fill(block(-94, -230, 34, 212, 17), "#ffffff", opacity=0.55)
    canvas.fill(block(64, -220, 12, 190, 6), "#ffffff", opacity=0.35)
    label = block(-54, -150, 108, 84, 8)
    canvas.fill(label, linear("#fffdf8", "#f3e3d4"))
    canvas.fill(path("M 0 -88 C -44 -116 -22 -142 0 -122 C 22 -142 44 -116 0 -88"), "#d6527d")
    canvas.fill(block(-30, -288, 60, 42, 6), GOLD)
    canvas.fill(block(-50, -372, 100, 90, 14), linear("#fff8e6", "#e9c079", "#b98643", angle=30))
    canvas.fill(block(-40, -364, 14, 72, 7), "#ffffff", opacity=0.7)


def _cream(canvas: Canvas) -> None:
    canvas.fill(barrel(0, -92, 0, 112, 20), linear("#ffffff", "#f7e3e1", "#d3a4ae", angle=0))
    canvas.fill(block(-96, -62, 22, 60, 10), "#ffffff", blur=4)
    canvas.fill(bow(0, -44, 112, 20, 40, 140, 8), "#e2809e")
    canvas.fill(barrel(0, -150, -98, 116, 21), GOLD)
    canvas.fill(oval(0, -150, 116, 21), linear("#fff6dc", "#e1b468", angle=20))
    canvas.fill(bow(0, -150, 96, 16, 170, 300, 3), "#ffffff")


def _powder(canvas: Canvas) -> None:
    canvas.grounded(10, 20, 180, 26, 0.45)
    lid = oval(0, -130, 150)
    canvas.fill(lid, GOLD)
    canvas.fill(oval(0, -130, 130), linear("#cfe6f2", "#ffffff", "#a9cbe0", angle=40))
    canvas.fill(
        polygon((-90, -60), (0, -250), (46, -240), (-50, -30)),
        "#ffffff",
        opacity=0.55,
        within=oval(0, -130, 130),
    )
    canvas.fill(barrel(0, 0, 20, 165, 46), GOLD)
    canvas.fill(oval(0, 0, 165, 46), linear("#fff1cf", "#d9ab66", angle=10))
    canvas.fill(oval(0, 0, 138, 36), radial("#ffd9c2", "#f2ae94", "#d98a78"))
    for step in range(12):
        angle = math.radians(step * 30)
        groove = line(3, (0, 0), (130 * math.cos(angle), 33 * math.sin(angle)))
        canvas.fill(groove, "#fff0e2", opacity=0.45)


def _brushes(canvas: Canvas) -> None:
    canvas.grounded(1190, 930, 130, 22, 0.4)
    for x, y, scale, turn in ((1150, 830, 0.85, -15), (1225, 830, 0.8, 17), (1188, 820, 1, 2)):
        _brush(canvas.at(x, y, scale, turn))
    cup = canvas.at(1190, 920)
    cup.fill(barrel(0, -190, 0, 104, 22, 0.9), linear("#ffffff", "#f7dcd8", "#c98f9e", angle=0))
    cup.fill(bow(0, -60, 98, 20, 20, 160, 16), "#f0cd86")
    cup.fill(block(-80, -150, 18, 120, 9), "#ffffff", blur=4)


def _brush(canvas: Canvas) -> None:
    canvas.fill(block(-14, -250, 28, 260, 13), linear("#6b5766", "#1d1422", "#4a3a48", angle=0))
    canvas.fill(polygon((-14, -250), (14, -250), (30, -340), (-30, -340)), GOLD)
    hair = path("M -30 -338 C -90 -430 -50 -520 0 -530 C 50 -520 90 -430 30 -338")
    canvas.fill(hair, linear("#ffe0d6", "#e58f8c", "#9c4a5b"))
    dice = random.Random(1)
    for _ in range(26):
        tip = dice.uniform(-66, 66)
        canvas.fill(
            line(2, (tip * 0.38, -340), (tip, -508 + abs(tip))),
            "#fff3ec",
            opacity=0.35,
            within=hair,
        )


def _petals(canvas: Canvas) -> None:
    dice = random.Random(14)
    for _ in range(26):
        x, y = dice.uniform(-420, 1420), dice.uniform(60, 980)
        if 300 < x < 960 and 150 < y < 930:
            continue
        petal = path("M 0 0 C -30 -26 -26 -62 0 -70 C 26 -62 30 -26 0 0").move(x, y)
        petal = petal.rotate(dice.uniform(0, 360)).scale(dice.uniform(0.5, 0.95))
        canvas.shadow(petal, 5, 8, 5, 0.22)
        canvas.fill(petal, linear("#fff0f0", lighter("#e2647f", dice.uniform(0, 0.4))))
