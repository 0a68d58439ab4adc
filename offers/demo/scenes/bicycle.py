"""A city bicycle with a basket of flowers, in the park."""

import math
import random

from offers.demo.scenes.stage import cloud, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import darker, lighter, linear, radial
from promotions.demo.shapes import Shape, block, bow, line, oval, path, ring

REAR, FRONT, CRANK = (232, 712), (768, 712), (452, 724)
FRAME = "#19a59b"
TREES = (
    (-330, 590, 1.1),
    (-130, 560, 0.8),
    (40, 575, 0.65),
    (940, 560, 0.8),
    (1110, 580, 1.15),
    (1330, 560, 0.95),
)


def paint(canvas: Canvas) -> None:
    _park(canvas)
    for x in (REAR[0], FRONT[0]):
        canvas.grounded(x + 20, 902, 150, 14, 0.5)
    canvas.grounded(500, 905, 330, 12, 0.25)
    for hub in (REAR, FRONT):
        _wheel(canvas, *hub)
    _frame(canvas)
    _crank(canvas)
    _saddle(canvas)
    _handlebar(canvas)
    _basket(canvas)


def _park(canvas: Canvas) -> None:
    wall(canvas, linear("#8fd6f5", "#cdefff", "#fff1cf", "#ffe3b0"))
    canvas.glow(180, 230, 420, "#fff6c9", 0.8)
    canvas.fill(oval(180, 230, 92), radial("#fffbe0", "#ffe07a"))
    for x, y, scale in ((760, 150, 1), (-260, 130, 0.9), (1220, 230, 1.1), (420, 90, 0.6)):
        cloud(canvas, x, y, scale)
    _skyline(canvas)
    hills = (
        "M -520 620 C -200 480 60 520 300 590 C 640 440 900 520 1100 570 "
        "C 1300 500 1500 520 1560 560"
    )
    canvas.fill(_down_from(hills), linear("#a7d977", "#6bbb63", "#6bbb63"))
    for x, y, scale in TREES:
        _tree(canvas.at(x, y, scale))
    canvas.fill(_down_from("M -520 700 C 0 600 700 690 1560 640"), linear("#7cc865", "#3f944a"))
    _meadow(canvas)
    road = "M -520 850 C 200 800 900 830 1560 800"
    canvas.fill(_down_from(road), linear("#f2dfc0", "#d2b083", "#b58f63"))
    canvas.fill(path(road, 8), "#fff6e2", opacity=0.8)


def _down_from(ridge: str) -> Shape:
    return path(f"{ridge} L 1560 1300 L -520 1300")


def _skyline(canvas: Canvas) -> None:
    dice = random.Random(6)
    for x in range(-500, 1500, 74):
        height = dice.uniform(90, 260)
        house = block(x, 590 - height, 60, height, 4)
        canvas.fill(house, linear("#a9cfe8", "#d5e8ee"), opacity=0.7)


def _tree(canvas: Canvas) -> None:
    canvas.grounded(20, 92, 90, 12, 0.25)
    canvas.fill(block(-11, -20, 22, 114, 6), linear("#9a6a45", "#6a4128", angle=0))
    for x, y, r in ((-46, -30, 58), (48, -36, 56), (0, -92, 76)):
        canvas.fill(oval(x, y, r), radial("#8bd070", "#4fa85a", "#2f8450"))


def _meadow(canvas: Canvas) -> None:
    dice = random.Random(12)
    for _ in range(90):
        x, y = dice.uniform(-500, 1500), dice.uniform(715, 800)
        canvas.fill(line(3, (x, y), (x + dice.uniform(-5, 5), y - 16)), "#3c8f49", opacity=0.6)
        if dice.random() < 0.5:
            canvas.fill(oval(x, y - 18, 6), dice.choice(("#ffffff", "#ffd34d", "#ff8fa8")))


def _wheel(canvas: Canvas, x: float, y: float) -> None:
    canvas.fill(oval(x, y, 160), "#ffffff", opacity=0.1)
    for step in range(20):
        angle = math.radians(step * 18)
        cos, sin = math.cos(angle), math.sin(angle)
        spoke = line(2.4, (x - 12 * sin, y + 12 * cos), (x + 158 * cos, y + 158 * sin))
        canvas.fill(spoke, "#eef3f6", opacity=0.95)
    canvas.fill(ring(x, y, 172, 22), "#39333f")
    canvas.fill(ring(x, y, 157, 9), linear("#ffffff", "#b9c3cc", angle=40))
    canvas.fill(bow(x, y, 174, 174, 200, 290, 4), "#ffffff", opacity=0.4)
    canvas.fill(oval(x, y, 17), radial("#ffffff", "#8b96a1", "#5d6670"))


def _tube(canvas: Canvas, width: float, *points: tuple[float, float]) -> None:
    tube = line(width, *points)
    canvas.fill(tube, FRAME)
    canvas.fill(tube.move(2, width * 0.26), darker(FRAME, 0.4), opacity=0.5, within=tube)
    shine = line(width * 0.24, *((x - width * 0.12, y - width * 0.22) for x, y in points))
    canvas.fill(shine, lighter(FRAME, 0.65), opacity=0.85)


def _frame(canvas: Canvas) -> None:
    for hub in (REAR, FRONT):
        guard = bow(*hub, 196, 196, 196, 300, 13)
        canvas.fill(guard, linear(lighter(FRAME, 0.4), FRAME, angle=40))
    _tube(canvas, 15, REAR, CRANK)
    _tube(canvas, 15, REAR, (386, 500))
    _tube(canvas, 24, CRANK, (374, 458))
    curve = path(f"M {CRANK[0]} {CRANK[1]} C 520 620 600 540 668 492", 26)
    canvas.fill(curve, linear(FRAME, darker(FRAME, 0.25)))
    canvas.fill(curve.move(-4, -6).scale(0.99), lighter(FRAME, 0.3), opacity=0.35, within=curve)
    _tube(canvas, 20, (400, 560), (655, 452))
    fork = path(f"M 676 510 C 700 590 706 640 {FRONT[0]} {FRONT[1]}", 17)
    canvas.fill(fork, linear(lighter(FRAME, 0.25), darker(FRAME, 0.2), angle=0))
    _tube(canvas, 30, (652, 428), (680, 514))


def _crank(canvas: Canvas) -> None:
    x, y = CRANK
    canvas.fill(line(6, (REAR[0], REAR[1] - 20), (x, y - 52)), "#3f3945")
    canvas.fill(line(6, (REAR[0], REAR[1] + 20), (x, y + 52)), "#3f3945")
    guard = path(
        f"M {REAR[0]} {REAR[1] - 32} L {x} {y - 66} "
        f"C {x + 86} {y - 60} {x + 86} {y + 60} {x} {y + 66} L {x - 40} {y + 40} "
        f"Q {x - 20} {y} {x - 60} {y - 20} L {REAR[0]} {REAR[1] - 32}"
    )
    canvas.fill(guard, linear(lighter(FRAME, 0.7), lighter(FRAME, 0.35)))
    canvas.fill(ring(x, y, 42, 9), "#59616b")
    canvas.fill(line(13, (x - 34, y - 62), (x + 34, y + 62)), linear("#e9eef1", "#8b96a1"))
    for dx, dy in ((-34, -66), (34, 66)):
        canvas.fill(block(x + dx - 36, y + dy - 9, 72, 18, 7), "#332e3a")
    canvas.fill(oval(x, y, 15), radial("#ffffff", "#8b96a1"))


def _saddle(canvas: Canvas) -> None:
    canvas.fill(line(13, (376, 462), (362, 410)), linear("#f4f7f8", "#9aa5ae", angle=0))
    seat = path(
        "M 276 372 C 280 346 330 352 372 366 C 420 380 466 376 472 390 "
        "C 470 404 420 402 390 410 C 360 424 290 424 276 372"
    )
    canvas.fill(seat.move(4, 10), "#1d1238", blur=6, opacity=0.3)
    canvas.fill(seat, linear("#c98552", "#8a4f2c", "#5f321b"))
    canvas.fill(path("M 290 368 C 330 362 380 380 450 388", 6), "#f0bd8e", opacity=0.7)
    canvas.fill(bow(300, 424, 20, 12, 0, 360, 5), "#5d6670")


def _handlebar(canvas: Canvas) -> None:
    bar = path("M 655 440 C 636 380 640 352 690 346 C 640 320 590 330 560 352", 15)
    canvas.fill(bar, linear("#ffffff", "#98a3ad", "#dfe6ea"))
    canvas.fill(line(26, (520, 372), (572, 346)), linear("#b9794a", "#6f3c20"))
    canvas.fill(oval(650, 328, 24, 20), radial("#ffffff", "#d4dbe0", "#8b96a1"))
    canvas.fill(oval(728, 470, 24), radial("#fffdf0", "#ffe58a", "#c99a2a"))


def _basket(canvas: Canvas) -> None:
    dice = random.Random(3)
    for _ in range(30):
        x, y = dice.uniform(704, 890), dice.uniform(268, 352)
        canvas.fill(line(5, (800, 390), (x, y)), "#3f9450")
        canvas.fill(oval(x + 14, y + 22, 20, 12).rotate(dice.uniform(-60, 60)), "#5db35c")
    for _ in range(24):
        x, y = dice.uniform(702, 892), dice.uniform(256, 356)
        colour = dice.choice(("#ff7b8f", "#ffd24a", "#ffffff", "#b98af0", "#ff9c5a"))
        _blossom(canvas, x, y, dice.uniform(12, 17), colour)
    body = path(
        "M 694 352 L 904 352 L 876 492 C 874 500 866 504 858 504 L 742 504 "
        "C 732 504 726 500 724 492 L 694 352"
    )
    canvas.fill(body, linear("#f0c489", "#d39a57", "#a86f35", angle=30))
    for row in range(5):
        for step in range(10):
            x, y = 700 + step * 22 + row % 2 * 11, 378 + row * 27
            canvas.fill(block(x, y, 15, 15, 5), "#8c5626", opacity=0.45, within=body)
    canvas.fill(line(17, (694, 354), (904, 354)), linear("#f7d6a3", "#b57d40"))


def _blossom(canvas: Canvas, x: float, y: float, r: float, colour: str) -> None:
    for step in range(5):
        angle = math.radians(step * 72)
        petal = oval(x + r * 0.75 * math.cos(angle), y + r * 0.75 * math.sin(angle), r * 0.62)
        canvas.fill(petal, radial(lighter(colour, 0.4), colour))
    canvas.fill(oval(x, y, r * 0.42), "#ffb52e" if colour != "#ffd24a" else "#e2762c")
