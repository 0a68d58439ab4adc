"""A pizza on its board, seen from above, one slice on its way out."""

import math
import random

from offers.demo.scenes.stage import dots, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import darker, linear, radial
from promotions.demo.shapes import Shape, block, bow, leaf, line, oval, path, pie, ring, star

SLICE = (-72, -28)
HERBS = ((180, 8), (188, 66), (170, 128), (192, 182), (176, 246), (182, -50), (30, 100))


def paint(canvas: Canvas) -> None:
    wall(canvas, radial("#3c7d78", "#28605f", "#174043", spot=(0.4, 0.35), reach=0.8))
    _napkin(canvas)
    _board(canvas)
    dots(canvas, 21, 90, ("#fff8e8",), (2, 6), opacity=0.5)
    middle = math.radians(sum(SLICE) / 2)
    _pizza(canvas, SLICE[1], SLICE[0] + 360)
    _pizza(canvas.at(72 * math.cos(middle), 72 * math.sin(middle)), *SLICE)
    for x, y, r in ((-250, 270, 84), (-120, 180, 66), (-285, 455, 62), (1240, 800, 80)):
        _tomato(canvas, x, y, r)
    for x, y, turn in ((-150, 690, 20), (-230, 800, -50), (1110, 240, 200), (1200, 300, 140)):
        _basil(canvas.at(x, y, 1.5, turn))
    _cutter(canvas.at(1150, 560, 1.0, 14))


def _napkin(canvas: Canvas) -> None:
    cloth = block(-420, 560, 620, 620).rotate(-14)
    canvas.shadow(cloth, 14, 20, 22, 0.35)
    canvas.fill(cloth, linear("#fdf6ea", "#e4d6c2", angle=50))
    for step in range(-460, 240, 92):
        for stripe in (block(step, 300, 44, 1200), block(-700, step + 800, 1400, 44)):
            canvas.fill(stripe.rotate(-14, (-110, 870)), "#cf4436", opacity=0.62, within=cloth)


def _board(canvas: Canvas) -> None:
    handle = block(420, 820, 160, 320, 70).rotate(24, (500, 510))
    plate = oval(500, 510, 448)
    for part in (handle, plate):
        canvas.shadow(part, 18, 30, 26, 0.5)
    wood = linear("#e7b57c", "#c98a4f", "#a96a36", angle=40)
    canvas.fill(handle, wood)
    canvas.fill(plate, wood)
    dice = random.Random(4)
    for _ in range(34):
        y, bend = dice.uniform(60, 960), dice.uniform(-14, 14)
        grain = path(f"M 40 {y} Q 500 {y + bend * 3} 960 {y}", 3)
        canvas.fill(grain, "#8a5226", opacity=0.22, within=plate)
    canvas.fill(ring(500, 510, 436, 5), "#ffe0b0", opacity=0.5)


def _pizza(canvas: Canvas, start: float, end: float) -> None:
    whole = pie(500, 510, 392, start, end)
    canvas.shadow(whole, 10, 18, 12, 0.5)
    canvas.fill(whole, radial("#f2b765", "#e9a04a", "#c8722b", spot=(0.42, 0.4), reach=0.62))
    dice = random.Random(9)
    for _ in range(46):
        angle = dice.uniform(0, math.tau)
        spot = oval(500 + 366 * math.cos(angle), 510 + 366 * math.sin(angle), dice.uniform(8, 22))
        canvas.fill(spot, "#9c4d1b", blur=5, opacity=0.5, within=whole)
    canvas.fill(bow(500, 510, 374, 374, 190, 280, 12), "#ffe6b0", blur=5, opacity=0.6, within=whole)
    sauce = pie(500, 510, 336, start, end)
    canvas.fill(sauce, "#bd3a22")
    cheese = Shape(_melted(start, end))
    canvas.fill(cheese, radial("#ffe08a", "#ffcf63", "#f4b342", spot=(0.4, 0.35)), within=sauce)
    _toppings(canvas, sauce)
    _herbs(canvas, start, end)


def _melted(start: float, end: float) -> tuple[tuple[float, float], ...]:
    edge = [(500.0, 510.0)]
    for step in range(round(start), round(end) + 1, 2):
        angle, r = math.radians(step), 316 + 9 * math.sin(step / 5) + 6 * math.sin(step / 2.3)
        edge.append((500 + r * math.cos(angle), 510 + r * math.sin(angle)))
    return tuple(edge)


def _toppings(canvas: Canvas, within: Shape) -> None:
    dice = random.Random(2)
    for _ in range(60):
        angle, far = dice.uniform(0, math.tau), dice.uniform(20, 300)
        x, y = 500 + far * math.cos(angle), 510 + far * math.sin(angle)
        canvas.fill(oval(x, y, dice.uniform(10, 26)), "#fff3c4", blur=7, opacity=0.6, within=within)
    for far, count, first in ((245, 11, 14), (118, 5, 40)):
        for step in range(count):
            angle = math.radians(first + step * 360 / count)
            _pepperoni(canvas, 500 + far * math.cos(angle), 510 + far * math.sin(angle), within)
    for far, turn in HERBS:
        angle = math.radians(turn)
        x, y = 500 + far * math.cos(angle), 510 + far * math.sin(angle)
        _olive(canvas, x + 42 * math.sin(angle), y - 42 * math.cos(angle), within)


def _herbs(canvas: Canvas, start: float, end: float) -> None:
    # Leaves hang over a slice's edge, so each lies on the one piece that holds its stalk.
    for far, turn in HERBS:
        if start <= turn < end:
            angle = math.radians(turn)
            x, y = 500 + far * math.cos(angle), 510 + far * math.sin(angle)
            _basil(canvas.at(x, y, 1, turn * 3))


def _pepperoni(canvas: Canvas, x: float, y: float, within: Shape) -> None:
    canvas.fill(oval(x + 4, y + 6, 52), "#6d1f12", blur=5, opacity=0.5, within=within)
    canvas.fill(oval(x, y, 51), radial("#e5573d", "#cf3b2a", "#a32318"), within=within)
    canvas.fill(ring(x, y, 47, 6), "#8e1d14", opacity=0.55, within=within)
    for dx, dy, r in (
        (-18, 8, 6),
        (12, -20, 5),
        (20, 14, 7),
        (-6, 26, 4),
        (-22, -18, 4),
        (0, 2, 5),
    ):
        canvas.fill(oval(x + dx, y + dy, r), "#f39a78", opacity=0.75, within=within)
    canvas.fill(bow(x, y, 38, 38, 195, 265, 6), "#ffb79b", opacity=0.7, within=within)


def _olive(canvas: Canvas, x: float, y: float, within: Shape) -> None:
    canvas.fill(ring(x + 3, y + 4, 16, 13), "#5b2a10", opacity=0.4, within=within)
    canvas.fill(ring(x, y, 16, 13), "#2f2a3d", within=within)
    canvas.fill(bow(x, y, 18, 18, 200, 280, 3), "#9a94b5", within=within)


def _basil(canvas: Canvas) -> None:
    for turn in (-28, 34):
        blade = leaf(0, 0, 92, 46, turn)
        canvas.fill(blade.move(5, 7), "#12321d", blur=5, opacity=0.45)
        canvas.fill(blade, linear("#7cc957", "#3f9142", "#23682f", angle=40))
        canvas.fill(line(3, (4, 0), (80, 0)).rotate(turn, (0, 0)), "#c7eca0", opacity=0.7)


def _tomato(canvas: Canvas, x: float, y: float, r: float) -> None:
    canvas.grounded(x + 16, y + 24, r, r, 0.5)
    canvas.fill(oval(x, y, r), radial("#ff9a78", "#ea4a34", "#b3201c"))
    canvas.fill(
        oval(x - r * 0.42, y - r * 0.48, r * 0.2, r * 0.12).rotate(-40), "#ffffff", opacity=0.75
    )
    canvas.fill(star(x + 3, y + 5, r * 0.6, 0.26, 6), darker("#b3201c"), opacity=0.4)
    canvas.fill(star(x, y, r * 0.6, 0.26, 6), linear("#86c95a", "#3d8a3a", angle=50))
    canvas.fill(oval(x, y, r * 0.09), "#2d6a2c")


def _cutter(canvas: Canvas) -> None:
    grip = block(-30, 90, 60, 300, 30)
    for part in (grip, oval(0, 0, 105)):
        canvas.shadow(part, 14, 22, 14, 0.45)
    canvas.fill(oval(0, 0, 105), linear("#ffffff", "#c3d2d8", "#7f939c", "#d9e3e6", angle=50))
    canvas.fill(ring(0, 0, 92, 3), "#ffffff", opacity=0.7)
    canvas.fill(block(-16, -8, 32, 120, 12), linear("#8fa2aa", "#e8eff1", "#7b8f98", angle=0))
    canvas.fill(oval(0, 0, 15), radial("#ffffff", "#6c8089"))
    canvas.fill(grip, linear("#f28a5a", "#d8502f", "#9c2f1c", angle=0))
    canvas.fill(oval(0, 352, 12), "#28605f")
