"""A two-tier birthday cake with candles, between balloons."""

import math
import random

from offers.demo.scenes.stage import confetti, floor, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import Colour, darker, lighter, linear, radial
from promotions.demo.shapes import barrel, block, bow, line, oval, path, polygon

SWEETS = ("#ffd35c", "#5cc8d7", "#ff7d9c", "#8f7ae5", "#ffffff")


def paint(canvas: Canvas) -> None:
    wall(canvas, radial("#ffe9dc", "#ffc9c4", "#f39aa8", spot=(0.45, 0.4), reach=0.75))
    for x, y, colour in ((-380, 260, "#8f7ae5"), (-220, 160, "#ffb04f"), (-290, 420, "#49bfc9")):
        _balloon(canvas, x, y, colour)
        _balloon(canvas, 1000 - x, y + 30, lighter(colour, 0.1))
    _bunting(canvas)
    confetti(canvas, 3, 70, SWEETS)
    floor(canvas, linear("#fff3ea", "#f5c3b5"), 800)
    _cake_stand(canvas)
    _tier(canvas, 505, 770, 255, "#fff4e2", "#f3678c")
    _tier(canvas, 335, 520, 168, "#ffd9df", "#fff6ec")
    for x in (400, 450, 500, 550, 600):
        _candle(canvas, x, 320 + 12 * math.cos((x - 500) / 64), SWEETS[x // 50 % 4])


def _balloon(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    string = path(f"M {x} {y + 112} Q {x + 40} {y + 260} {x - 10} {y + 420}", 3)
    canvas.fill(string, darker(colour), opacity=0.4)
    body = path(
        f"M {x} {y + 112} C {x - 60} {y + 80} {x - 92} {y + 10} {x - 88} {y - 30} "
        f"C {x - 82} {y - 130} {x + 82} {y - 130} {x + 88} {y - 30} "
        f"C {x + 92} {y + 10} {x + 60} {y + 80} {x} {y + 112}"
    )
    canvas.shadow(body, 14, 18, 20, 0.18)
    canvas.fill(body, radial(lighter(colour, 0.5), colour, darker(colour, 0.3)))
    canvas.fill(polygon((x, y + 106), (x - 13, y + 128), (x + 13, y + 128)), darker(colour, 0.2))
    canvas.fill(oval(x - 36, y - 52, 15, 28).rotate(28), "#ffffff", opacity=0.6)


def _bunting(canvas: Canvas) -> None:
    def height(x: float) -> float:
        return 40 + 110 * (1 - ((x - 500) / 1000) ** 2)

    canvas.fill(line(4, *((x, height(x)) for x in range(-500, 1501, 50))), "#a8506a")
    for i, x in enumerate(range(-480, 1480, 96)):
        y, colour = height(x + 35), SWEETS[i % 5]
        flag = polygon((x, height(x)), (x + 74, height(x + 74)), (x + 37, y + 92))
        canvas.shadow(flag, 8, 12, 8, 0.16)
        canvas.fill(flag, linear(lighter(colour, 0.2), colour, darker(colour, 0.12), angle=60))


def _cake_stand(canvas: Canvas) -> None:
    canvas.grounded(520, 930, 260, 34, 0.35)
    foot = path("M 455 790 C 470 860 440 890 350 925 L 650 925 C 560 890 530 860 545 790")
    canvas.fill(foot, linear("#ffffff", "#cfe6ea", "#8fb9c4", angle=0))
    canvas.fill(oval(500, 925, 150, 20), linear("#eef8fa", "#a9ccd4", angle=0))
    canvas.fill(barrel(500, 792, 812, 350, 52), linear("#ffffff", "#bcdce2", "#8fb9c4", angle=0))
    canvas.fill(oval(500, 792, 350, 52), linear("#ffffff", "#d9edf0", angle=20))
    canvas.fill(oval(530, 800, 280, 40), "#1d1238", blur=18, opacity=0.3)


def _tier(canvas: Canvas, top: float, bottom: float, rx: float, cream: str, icing: str) -> None:
    ry = rx * 0.17
    body = barrel(500, top, bottom, rx, ry)
    canvas.fill(body, linear(lighter(cream), cream, darker(cream, 0.28), angle=0))
    for y in (0.42, 0.72):
        stripe = bow(500, top + (bottom - top) * y, rx, ry, 0, 180, 13)
        canvas.fill(stripe, lighter(icing, 0.15), opacity=0.55, within=body)
    canvas.fill(
        block(500 + rx * 0.55, top - ry, rx, 400), "#5b2040", blur=50, opacity=0.3, within=body
    )
    _glaze(canvas, top, rx, ry, icing)
    _rosettes(canvas, bottom, rx, ry, icing)


def _glaze(canvas: Canvas, top: float, rx: float, ry: float, icing: Colour) -> None:
    dice = random.Random(round(rx))
    _drips(canvas, top, rx, ry, icing, dice)
    rim = linear(lighter(icing, 0.25), icing, darker(icing, 0.22), angle=0)
    canvas.fill(barrel(500, top, top + 14, rx, ry), rim)
    canvas.fill(oval(500, top, rx, ry), linear(lighter(icing, 0.5), icing, angle=20))
    canvas.fill(bow(500, top, rx * 0.93, ry * 0.86, 185, 290, 5), "#ffffff", opacity=0.6)
    for _ in range(round(rx / 4)):
        angle, far = dice.uniform(0, math.tau), dice.uniform(0.55, 0.95)
        x, y = 500 + rx * far * math.cos(angle), top + ry * far * math.sin(angle)
        crumb = line(6, (x, y), (x + 11, y)).rotate(dice.uniform(-50, 50))
        canvas.fill(crumb, dice.choice(SWEETS))


def _drips(
    canvas: Canvas, top: float, rx: float, ry: float, icing: Colour, dice: random.Random
) -> None:
    for step in range(11):
        angle = math.radians(180 - step * 18)
        x, y = 500 + rx * 0.955 * math.cos(angle), top + ry * math.sin(angle)
        foot = y + dice.uniform(0.11, 0.3) * rx
        share = step / 10
        drip = line(rx * 0.15, (x, y - 8), (x, foot))
        canvas.fill(drip.move(4, 8), "#5b2040", blur=6, opacity=0.25)
        canvas.fill(drip, darker(lighter(icing, 0.22 * (1 - share)), 0.26 * share))
        shine = line(5, (x - rx * 0.035, y - 8), (x - rx * 0.035, foot))
        canvas.fill(shine, "#ffffff", opacity=0.4)


def _rosettes(canvas: Canvas, bottom: float, rx: float, ry: float, icing: str) -> None:
    r = rx * 0.085
    for step in range(17):
        angle = math.radians(180 - step * 11.25)
        x, y = 500 + rx * math.cos(angle), bottom + ry * math.sin(angle) - 4
        share = step / 16 * 0.24
        canvas.fill(oval(x + 3, y + 6, r), "#5b2040", blur=4, opacity=0.3)
        canvas.fill(oval(x, y, r), radial(lighter(icing, 0.5), darker(icing, share)))
        canvas.fill(bow(x, y, r * 0.5, r * 0.5, 120, 400, 3), "#ffffff", opacity=0.5)


def _candle(canvas: Canvas, x: float, foot: float, colour: str) -> None:
    stick = block(x - 9, foot - 108, 18, 112, 5)
    canvas.fill(stick, linear("#ffffff", lighter(colour, 0.5), angle=0))
    for drop in range(-120, 20, 24):
        twist = line(8, (x - 14, foot + drop + 14), (x + 14, foot + drop))
        canvas.fill(twist, colour, within=stick)
    canvas.fill(block(x + 3, foot - 108, 6, 112), "#5b2040", opacity=0.16, within=stick)
    canvas.fill(line(3, (x, foot - 108), (x, foot - 122)), "#5b3a2e")
    canvas.glow(x, foot - 146, 90, "#fff0a8", 0.75)
    y = foot - 118
    flame = path(
        f"M {x} {y - 62} C {x + 26} {y - 22} {x + 18} {y} {x} {y} "
        f"C {x - 18} {y} {x - 26} {y - 22} {x} {y - 62}"
    )
    canvas.fill(flame, linear("#ffdb5c", "#ff8a2b"))
    canvas.fill(flame.scale(0.5, about=(x, y - 2)), linear("#ffffff", "#fff1a6"))
