"""A cup of latte by the window, with a croissant."""

import random

from offers.demo.scenes.stage import dots, floor, sunbeams, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import linear, radial
from promotions.demo.shapes import Shape, barrel, block, bow, line, oval, path


def paint(canvas: Canvas) -> None:
    wall(canvas, linear("#7c4a35", "#b9744b", "#e3a76c", angle=70))
    _window(canvas)
    dots(canvas, 8, 26, ("#ffe2a8", "#ffc978"), (16, 60), (-500, 0, 1500, 560), 0.22)
    floor(canvas, linear("#8a5136", "#5e3222"), 640)
    _grain(canvas)
    sunbeams(canvas, "#ffd9a0", 0.12)
    _croissant(canvas.at(-205, 800, 0.9))
    _beans(canvas)
    _cup(canvas)
    for x, bend in ((400, -46), (500, 52), (590, -40)):
        steam = path(f"M {x} 330 C {x + bend} 260 {x - bend} 190 {x + bend * 0.5} 70", 24)
        canvas.fill(steam, "#fff6e8", blur=13, opacity=0.5)


def _window(canvas: Canvas) -> None:
    for x in (-430, 1060):
        canvas.fill(
            block(x, 60, 370, 470, 14), linear("#fff0cf", "#ffd08a", angle=60), opacity=0.75
        )
        canvas.fill(block(x - 40, 20, 450, 550), "#ffdf9e", blur=60, opacity=0.3)
        canvas.fill(line(14, (x + 185, 60), (x + 185, 530)), "#7c4a35")
        canvas.fill(line(14, (x, 270), (x + 370, 270)), "#7c4a35")


def _grain(canvas: Canvas) -> None:
    dice = random.Random(5)
    for gap in (700, 775, 870, 970, 1080, 1200):
        canvas.fill(line(4, (-500, gap), (1500, gap)), "#3f1f14", opacity=0.45)
        canvas.fill(line(2, (-500, gap + 4), (1500, gap + 4)), "#d99a6c", opacity=0.3)
    for _ in range(46):
        x, y = dice.uniform(-500, 1500), dice.uniform(655, 990)
        canvas.fill(line(2, (x, y), (x + dice.uniform(60, 220), y + 2)), "#3f1f14", opacity=0.22)


def _beans(canvas: Canvas) -> None:
    dice = random.Random(11)
    spots = [(dice.uniform(860, 1380), dice.uniform(760, 930)) for _ in range(26)]
    spots += [(dice.uniform(20, 180), dice.uniform(890, 970)) for _ in range(7)]
    for x, y in sorted(spots, key=lambda spot: spot[1]):
        bean = canvas.at(x, y, dice.uniform(0.8, 1.1), dice.uniform(0, 360))
        bean.fill(oval(4, 7, 29, 20), "#1d0a08", blur=6, opacity=0.5)
        bean.fill(oval(0, 0, 29, 20), radial("#a8643a", "#5a2d18", "#35170c"))
        bean.fill(path("M -27 0 C -12 -9 10 9 27 0", 4), "#2a100a")


def _cup(canvas: Canvas) -> None:
    canvas.grounded(540, 880, 430, 62, 0.6)
    canvas.fill(barrel(500, 835, 852, 380, 82), linear("#ffffff", "#d8c6b6", "#a98f7e", angle=0))
    canvas.fill(oval(500, 835, 380, 82), linear("#fffdf8", "#e5d5c5", angle=30))
    canvas.fill(oval(500, 840, 255, 50), "#6b4331", blur=16, opacity=0.4)
    canvas.fill(bow(500, 835, 350, 70, 150, 300, 5), "#ffffff", opacity=0.9)
    handle = bow(745, 560, 112, 105, -115, 120, 46)
    canvas.fill(handle.move(0, 6), "#9b8272")
    canvas.fill(handle, linear("#fffaf2", "#d9c7b7", angle=70))
    body = path(
        "M 220 420 L 780 420 C 790 600 720 760 620 830 C 560 866 440 866 380 830 "
        "C 280 760 210 600 220 420"
    )
    canvas.fill(body, linear("#fffdf8", "#f7ecdf", "#cbb5a3", "#b39a88", angle=0))
    canvas.fill(oval(300, 600, 24, 130).rotate(6), "#ffffff", blur=10, opacity=0.9, within=body)
    canvas.fill(oval(520, 850, 230, 60), "#6b4331", blur=26, opacity=0.35, within=body)
    _band(canvas, body)
    canvas.fill(oval(500, 420, 280, 92), linear("#ffffff", "#dccbbb", angle=0))
    _latte(canvas)


def _band(canvas: Canvas, body: Shape) -> None:
    canvas.fill(bow(500, 600, 300, 96, 0, 180, 62), "#3e7d74", within=body)
    canvas.fill(bow(500, 600, 300, 96, 0, 180, 8), "#f3c978", within=body)
    canvas.fill(block(640, 560, 200, 260), "#20303a", blur=50, opacity=0.4, within=body)


def _latte(canvas: Canvas) -> None:
    surface = oval(500, 424, 252, 76)
    canvas.fill(surface, radial("#c98850", "#a3602f", "#6f3a1b", spot=(0.5, 0.55), reach=0.6))
    cream = linear("#fff6e4", "#f0d4ac")
    for spread, y in ((170, 446), (138, 424), (104, 405), (70, 390)):
        petal = path(
            f"M 500 {y + 34} C {500 - spread * 0.6} {y + 34} {500 - spread} {y + 10} "
            f"{500 - spread} {y - 14} C {500 - spread * 0.6} {y + 12} 540 {y + 12} 500 {y + 6} "
            f"C 460 {y + 12} {500 + spread * 0.6} {y + 12} {500 + spread} {y - 14} "
            f"C {500 + spread} {y + 10} {500 + spread * 0.6} {y + 34} 500 {y + 34}"
        )
        canvas.fill(petal, cream, within=surface)
    canvas.fill(path("M 500 398 C 440 370 470 352 500 366 C 530 352 560 370 500 398"), cream)
    canvas.fill(line(5, (500, 372), (500, 488)), "#b06f3c")
    canvas.fill(bow(500, 424, 252, 76, 180, 360, 10), "#4a2412", blur=5, opacity=0.6)


def _croissant(canvas: Canvas) -> None:
    canvas.grounded(10, 84, 220, 26, 0.5)
    rolls = (
        (-170, 44, 52, 34, -38),
        (-98, -8, 78, 58, -24),
        (170, 44, 52, 34, 38),
        (98, -8, 78, 58, 24),
        (0, -26, 90, 78, 0),
    )
    for x, y, rx, ry, turn in rolls:
        roll = oval(x, y, rx, ry + 14).rotate(turn)
        canvas.fill(roll.move(5, 9), "#4a1f0c", blur=8, opacity=0.5)
        canvas.fill(roll, radial("#ffd58a", "#e39a45", "#a85a22", spot=(0.4, 0.2)))
        for shift in (-0.35, 0.1, 0.5):
            crease = bow(x + rx * shift, y, rx * 0.3, ry, -80, 70, 4).rotate(turn)
            canvas.fill(crease, "#8f4718", opacity=0.45, within=roll)
