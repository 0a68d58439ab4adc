"""A school bag, books and pencils in front of the blackboard."""

import math
import random

from offers.demo.scenes.stage import floor, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import Colour, darker, lighter, linear, radial
from promotions.demo.shapes import Shape, block, bow, leaf, line, oval, path, polygon, ring, star

# Width, height, how far it sticks out to the right, colour; the lowest first.
BOOKS = (
    (430, 74, 0, "#e5533d"),
    (390, 60, 14, "#2fa58c"),
    (410, 68, -14, "#f4b133"),
    (340, 52, 8, "#7a5fd0"),
)
BAG, TRIM = "#3f7be8", "#ffc23d"


def paint(canvas: Canvas) -> None:
    wall(canvas, linear("#f7e6c6", "#efcf9d"))
    _blackboard(canvas)
    floor(canvas, linear("#e0a469", "#b87740"), 800)
    _globe(canvas.at(1190, 880))
    _books(canvas.at(-130, 890))
    _books(canvas.at(905, 915, 0.62), apple=False)
    _pencil_pot(canvas.at(110, 915, 0.92))
    _bag(canvas)
    for x, y, turn, colour in ((700, 950, 4, "#ef5350"), (330, 968, -5, "#43b27a")):
        _pencil(canvas.at(x, y, 0.8, turn), colour)


def _blackboard(canvas: Canvas) -> None:
    frame = block(-420, 40, 1840, 640, 16)
    canvas.shadow(frame, 10, 18, 16, 0.3)
    canvas.fill(frame, linear("#d79a5c", "#9a6232", angle=60))
    board = block(-390, 70, 1780, 580, 6)
    canvas.fill(board, linear("#2f6b58", "#24564a", "#1b4440", angle=50))
    canvas.fill(oval(100, 300, 420, 160), "#ffffff", blur=60, opacity=0.08, within=board)
    _doodles(canvas)
    canvas.fill(block(-200, 664, 520, 20, 6), linear("#e6b47c", "#9a6232"))
    for x, colour in ((-150, "#ffffff"), (-70, "#ff9aa8"), (10, "#ffe27a")):
        canvas.fill(block(x, 652, 62, 14, 5), colour)


def _doodles(canvas: Canvas) -> None:
    chalk = "#f4fbf3"
    canvas.fill(path("M -320 400 L -170 400 L -320 210 L -320 400", 6), chalk, opacity=0.8)
    canvas.fill(ring(-60, 210, 66, 6), chalk, opacity=0.75)
    canvas.fill(line(6, (-60, 210), (-12, 166)), "#ffe27a", opacity=0.85)
    wave = [(x, 560 - 36 * math.sin(x / 34)) for x in range(-330, 120, 9)]
    canvas.fill(line(6, *wave), "#ff9aa8", opacity=0.8)
    for x, y, r in ((160, 150, 34), (880, 140, 30), (1330, 560, 34)):
        canvas.fill(line(5, *star(x, y, r, 0.45, 5).points, (x, y - r)), "#ffe27a", opacity=0.85)
    for turn in (0, 60, 120):
        canvas.fill(ring(1080, 260, 130, 5, 46).rotate(turn), chalk, opacity=0.75)
    canvas.fill(oval(1080, 260, 15), "#ff9aa8")
    for x, height in ((1240, 60), (1280, 110), (1320, 160)):
        canvas.fill(line(6, (x, 440), (x, 440 - height)), "#8fe0ff", opacity=0.8)
    canvas.fill(line(6, (1210, 440), (1350, 440)), chalk, opacity=0.8)


def _bag(canvas: Canvas) -> None:
    canvas.grounded(520, 932, 310, 34, 0.5)
    canvas.fill(bow(500, 236, 78, 88, 180, 360, 28), darker(BAG, 0.35))
    for x in (150, 726):
        canvas.fill(block(x, 560, 124, 300, 44), linear(BAG, darker(BAG, 0.42), angle=0))
    body = path(
        "M 250 480 C 250 260 340 214 500 214 C 660 214 750 260 750 480 L 764 860 "
        "C 764 910 730 930 690 930 L 310 930 C 270 930 236 910 236 860 L 250 480"
    )
    canvas.shadow(body, 14, 14, 18, 0.35)
    canvas.fill(body, linear(lighter(BAG, 0.34), BAG, darker(BAG, 0.4), angle=25))
    shine = path("M 284 470 C 290 300 360 250 480 246", 20)
    canvas.fill(shine, "#ffffff", blur=10, opacity=0.5, within=body)
    _flap(canvas, body)
    for x in (356, 600):
        _strap(canvas, x)
    _pocket(canvas)


def _flap(canvas: Canvas, body: Shape) -> None:
    flap = path(
        "M 262 430 C 270 290 350 240 500 240 C 650 240 730 290 738 430 "
        "C 736 520 690 566 500 566 C 310 566 264 520 262 430"
    )
    canvas.fill(flap.move(0, 16), "#10204f", blur=12, opacity=0.45, within=body)
    canvas.fill(flap, linear(lighter(BAG, 0.45), lighter(BAG, 0.1), darker(BAG, 0.28), angle=50))
    rounds = [step / 20 for step in range(2, 62)]
    _stitches(canvas, [(500 + 222 * math.cos(a), 396 + 152 * math.sin(a)) for a in rounds])
    badge = star(500, 400, 66, 0.48, 5)
    canvas.fill(badge.move(4, 8), "#10204f", blur=5, opacity=0.3)
    canvas.fill(badge, linear("#fff0b0", TRIM, "#ef9a1d", angle=60))


def _strap(canvas: Canvas, x: float) -> None:
    canvas.fill(block(x, 440, 46, 200, 12), linear(TRIM, darker(TRIM, 0.2)))
    canvas.fill(block(x - 10, 566, 66, 48, 10), linear("#ffffff", "#c3cad6", "#8d97a8"))
    canvas.fill(block(x + 6, 580, 34, 20, 5), "#4d5668")


def _stitches(canvas: Canvas, points: list[tuple[float, float]]) -> None:
    for start, end in zip(points[::2], points[1::2], strict=True):
        canvas.fill(line(4, start, end), "#dce9ff", opacity=0.75)


def _pocket(canvas: Canvas) -> None:
    pocket = block(306, 660, 388, 232, 50)
    canvas.fill(pocket.move(0, 8), "#10204f", blur=12, opacity=0.5)
    canvas.fill(pocket, linear(lighter(BAG, 0.2), darker(BAG, 0.24), angle=60))
    canvas.fill(line(11, (330, 716), (670, 716)), darker(BAG, 0.55))
    canvas.fill(line(3, (330, 714), (670, 714)), TRIM)
    canvas.fill(line(10, (632, 716), (632, 764)), linear("#fff0b0", TRIM))
    canvas.fill(oval(632, 774, 15), TRIM)
    _stitches(canvas, [(330 + 17 * step, 864) for step in range(20)])
    canvas.fill(block(340, 740, 190, 88, 14), "#ffffff", opacity=0.92)
    for y in (766, 796):
        canvas.fill(line(5, (360, y), (508, y)), "#b9c6e2")


def _books(canvas: Canvas, apple: bool = True) -> None:
    canvas.grounded(20, 4, 260, 20, 0.45)
    top = 0.0
    for w, h, shift, colour in BOOKS:
        top -= h
        _book(canvas.at(shift - w / 2, top), w, h, colour)
    if apple:
        _apple(canvas.at(10, top - 66))


def _book(canvas: Canvas, w: float, h: float, colour: Colour) -> None:
    canvas.fill(block(0, 0, w, h, 10), linear(lighter(colour, 0.2), darker(colour, 0.2)))
    canvas.fill(block(w - 70, 9, 74, h - 18, 4), linear("#fffaf0", "#d8c8ae"))
    for share in (0.35, 0.6):
        canvas.fill(line(2, (w - 66, h * share), (w, h * share)), "#b9a685")
    for stripe in (40, 66):
        canvas.fill(block(stripe, 0, 12, h), "#fff3d0", opacity=0.75)


def _apple(canvas: Canvas) -> None:
    canvas.fill(oval(6, 64, 60, 9), "#1d1238", blur=5, opacity=0.4)
    body = path(
        "M 0 -44 C 34 -74 86 -52 82 4 C 78 56 40 80 0 66 C -40 80 -78 56 -82 4 "
        "C -86 -52 -34 -74 0 -44"
    )
    canvas.fill(body, radial("#ff9a86", "#e8382f", "#a3151f"))
    canvas.fill(path("M 0 -44 Q 4 -72 18 -88", 9), "#6a4128")
    canvas.fill(leaf(8, -64, 66, 30, -28), linear("#a6dd68", "#469b3f"))
    canvas.fill(oval(-42, -16, 11, 22).rotate(24), "#ffffff", opacity=0.75)


def _pencil_pot(canvas: Canvas) -> None:
    canvas.grounded(16, 2, 110, 16, 0.45)
    pens = ((-46, -14, "#ffcf3d"), (-16, -4, "#ef5350"), (18, 5, "#43b27a"), (48, 14, "#7a5fd0"))
    for x, turn, colour in pens:
        _pencil(canvas.at(x * 0.9, -250 - abs(20 - x) * 0.4, 0.66, turn - 90), colour)
    pot = block(-88, -200, 176, 202, 16)
    canvas.fill(pot, linear("#ffb3a0", "#f0735a", "#a83f33", angle=0))
    canvas.fill(block(-88, -150, 176, 26), "#ffffff", opacity=0.7)
    canvas.fill(block(-88, -110, 176, 10), "#ffffff", opacity=0.5)


def _pencil(canvas: Canvas, colour: Colour) -> None:
    """Lies along the x axis, the tip at the right end."""
    canvas.fill(block(-150, 4, 300, 34, 8), "#1d1238", blur=7, opacity=0.35)
    canvas.fill(
        block(-150, -17, 250, 34), linear(lighter(colour, 0.4), colour, darker(colour, 0.3))
    )
    canvas.fill(block(-150, -6, 250, 12), lighter(colour, 0.15))
    canvas.fill(polygon((100, -17), (100, 17), (168, 0)), linear("#ffe6bf", "#d9a76b"))
    canvas.fill(polygon((148, -5), (148, 5), (168, 0)), darker(colour, 0.3))
    canvas.fill(block(-172, -17, 26, 34), linear("#f4f6fa", "#98a2b3"))
    canvas.fill(block(-200, -17, 32, 34, 12), linear("#ffb6c1", "#e0708a"))


def _globe(canvas: Canvas) -> None:
    canvas.grounded(10, 6, 130, 18, 0.45)
    canvas.fill(bow(0, -200, 168, 168, -70, 110, 15), linear("#ffe0a0", "#b9803a"))
    canvas.fill(line(16, (0, -40), (0, -14)), "#b9803a")
    canvas.fill(path("M -100 0 Q 0 -50 100 0", 18), linear("#ffe0a0", "#a56d2c"))
    sea = oval(0, -200, 146)
    canvas.fill(sea, radial("#9fe3ff", "#3aa0e6", "#1b5fae"))
    dice = random.Random(2)
    for x, y in ((-60, -260), (-30, -190), (60, -240), (70, -150), (-80, -130)):
        for _ in range(5):
            land = oval(
                x + dice.uniform(-28, 28),
                y + dice.uniform(-24, 24),
                dice.uniform(16, 34),
                dice.uniform(14, 26),
            )
            canvas.fill(land, linear("#b6e37a", "#58ad56"), within=sea)
    canvas.fill(oval(50, -150, 150), "#0c2a5e", blur=40, opacity=0.25, within=sea)
    canvas.fill(oval(-62, -268, 30, 18).rotate(-40), "#ffffff", blur=4, opacity=0.75)
