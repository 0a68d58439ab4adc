"""A living room with a sofa, a lamp and a plant."""

import random

from offers.demo.scenes.stage import floor as lay_floor
from offers.demo.scenes.stage import sunbeams, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import Colour, darker, lighter, linear, radial
from promotions.demo.shapes import block, leaf, line, oval, path, polygon

VELVET = "#e7a33c"
# Degrees and length, the rear ones first.
LEAVES = (
    (-160, 190),
    (-140, 290),
    (-118, 350),
    (-92, 400),
    (-66, 350),
    (-42, 290),
    (-22, 200),
    (-104, 260),
    (-76, 250),
)


def paint(canvas: Canvas) -> None:
    wall(canvas, linear("#2f7470", "#3b8a82", "#2a6a69", angle=60))
    _panelling(canvas)
    _pictures(canvas)
    _window(canvas)
    lay_floor(canvas, linear("#d8a877", "#b37d50"), 760)
    _boards(canvas)
    _rug(canvas)
    _lamp(canvas)
    _sofa(canvas)
    _plant(canvas.at(-95, 800, 1.05))
    _table(canvas.at(1210, 720))
    sunbeams(canvas, "#fff0c8", 0.1)


def _panelling(canvas: Canvas) -> None:
    canvas.fill(block(-560, 590, 2200, 8), "#ffffff", opacity=0.14)
    for x in range(-540, 1560, 260):
        canvas.fill(block(x, 616, 220, 106), "#1c5352", opacity=0.3)
        canvas.fill(block(x + 4, 620, 216, 102), linear("#3d8d85", "#32797a"), opacity=0.9)
    canvas.fill(block(-560, 738, 2200, 22), linear("#e9f2ee", "#b7cfca"))


def _pictures(canvas: Canvas) -> None:
    for x, y, w, h in (
        (265, 70, 190, 250),
        (490, 40, 250, 190),
        (490, 255, 120, 120),
        (636, 255, 104, 120),
    ):
        frame = block(x, y, w, h, 3)
        canvas.shadow(frame, 10, 14, 10, 0.4)
        canvas.fill(frame, linear("#f6e3bd", "#c79b5d", angle=40))
        art = block(x + 12, y + 12, w - 24, h - 24)
        canvas.fill(art, "#fff8ec")
        canvas.fill(oval(x + w * 0.6, y + h * 0.38, w * 0.22), "#f0784f", within=art)
        canvas.fill(oval(x + w * 0.3, y + h * 0.95, w * 0.5, h * 0.4), "#2f7470", within=art)
        canvas.fill(oval(x + w * 0.85, y + h, w * 0.42, h * 0.32), "#f2bd5a", within=art)
        canvas.fill(
            polygon((x, y), (x + w * 0.5, y), (x, y + h * 0.6)), "#ffffff", opacity=0.25, within=art
        )


def _window(canvas: Canvas) -> None:
    canvas.fill(block(-470, 40, 290, 560, 6), "#f4efe2")
    pane = block(-452, 58, 254, 524)
    canvas.fill(pane, linear("#8fd0f2", "#d9f3ff", "#fff0c8"))
    canvas.fill(oval(-380, 590, 170, 130), linear("#8ccf7d", "#4fa56a"), within=pane)
    canvas.fill(oval(-230, 610, 150, 110), linear("#6cbb70", "#3f9363"), within=pane)
    canvas.fill(block(-332, 58, 14, 524), "#f4efe2")
    canvas.fill(block(-452, 300, 254, 14), "#f4efe2")
    for x in (-520, -190):
        curtain = path(
            f"M {x} 14 L {x + 96} 14 C {x + 70} 260 {x + 120} 500 {x + 104} 756 L {x - 10} 756 "
            f"C {x + 20} 500 {x - 16} 260 {x} 14"
        )
        canvas.fill(curtain, linear("#fff6e6", "#e6d3b4", "#fff3df", "#d9c09a", angle=0))
    canvas.fill(line(11, (-560, 16), (-60, 16)), "#c79b5d")


def _boards(canvas: Canvas) -> None:
    dice = random.Random(7)
    for y in (800, 850, 915, 990):
        canvas.fill(line(3, (-520, y), (1520, y)), "#8f5e38", opacity=0.45)
        for _ in range(7):
            x = dice.uniform(-500, 1500)
            canvas.fill(line(3, (x, y), (x + 24, y + 55)), "#8f5e38", opacity=0.35)


def _rug(canvas: Canvas) -> None:
    canvas.fill(oval(500, 906, 560, 82), "#f7ead6")
    for shrink, colour in (
        (0.92, "#d96a4c"),
        (0.86, "#f7ead6"),
        (0.6, "#2f7470"),
        (0.55, "#f7ead6"),
    ):
        canvas.fill(oval(500, 906, 560 * shrink, 82 * shrink), colour)


def _lamp(canvas: Canvas) -> None:
    canvas.grounded(975, 868, 80, 12, 0.4)
    canvas.fill(path("M 975 860 C 960 600 960 380 975 250", 10), "#39333f")
    canvas.fill(oval(975, 862, 66, 13), linear("#5d5668", "#2a2530"))
    canvas.glow(975, 280, 440, "#ffe9a8", 0.55)
    shade = path("M 905 130 L 1045 130 L 1090 300 C 1050 318 900 318 860 300 L 905 130")
    canvas.fill(shade, linear("#fffbe9", "#ffe3a0", "#f3b95e", angle=70))
    canvas.fill(oval(975, 300, 114, 15), "#fffbe0")


def _sofa(canvas: Canvas) -> None:
    canvas.grounded(505, 884, 420, 26, 0.55)
    for x in (170, 300, 690, 822):
        canvas.fill(
            polygon((x - 16, 820), (x + 16, 820), (x + 7, 886), (x - 7, 886)),
            linear("#8a5a35", "#4d2d18", angle=0),
        )
    for x in (148, 502):
        _cushion(canvas, x, 420, 350, 270, 46)
    canvas.fill(block(140, 700, 720, 130, 30), linear(VELVET, darker(VELVET, 0.4)))
    for x in (152, 502):
        _cushion(canvas, x, 652, 346, 112, 34)
    for x, colour in ((262, "#2f8f88"), (655, "#e2664a"), (742, "#fdf1dc")):
        _pillow(canvas.at(x, 592, 1, -9 if x < 500 else 10), colour)
    for x in (70, 812):
        arm = block(x, 545, 118, 282, 52)
        canvas.fill(arm.move(8, 10), "#1d1238", blur=12, opacity=0.28)
        canvas.fill(arm, linear(lighter(VELVET, 0.35), VELVET, darker(VELVET, 0.34), angle=50))
        canvas.fill(line(9, (x + 38, 562), (x + 76, 558)), "#fff3cf", blur=3, opacity=0.8)


def _cushion(canvas: Canvas, x: float, y: float, w: float, h: float, r: float) -> None:
    pad = block(x, y, w, h, r)
    canvas.fill(pad.move(3, 8), "#1d1238", blur=8, opacity=0.3)
    canvas.fill(pad, linear(lighter(VELVET, 0.32), VELVET, darker(VELVET, 0.26), angle=65))
    canvas.fill(line(8, (x + r, y + 9), (x + w - r, y + 9)), "#fff3cf", blur=4, opacity=0.7)
    if h > 200:
        for dx in (0.25, 0.5, 0.75):
            canvas.fill(oval(x + w * dx, y + h * 0.42, 9), darker(VELVET, 0.42))
            canvas.fill(oval(x + w * dx - 2, y + h * 0.41 - 2, 5), lighter(VELVET, 0.3))


def _pillow(canvas: Canvas, colour: Colour) -> None:
    form = path("M -82 -78 Q 0 -62 82 -78 Q 66 0 82 78 Q 0 64 -82 78 Q -66 0 -82 -78")
    canvas.fill(form.move(8, 12), "#1d1238", blur=10, opacity=0.4)
    canvas.fill(form, linear(lighter(colour, 0.35), colour, darker(colour, 0.25), angle=55))
    for y in (-40, 0, 40):
        canvas.fill(
            path(f"M -80 {y} Q -40 {y - 22} 0 {y} Q 40 {y + 22} 80 {y}", 6),
            "#ffffff",
            opacity=0.45,
            within=form,
        )


def _plant(canvas: Canvas) -> None:
    canvas.grounded(15, 92, 110, 15, 0.45)
    for turn, length in LEAVES:
        blade = leaf(0, -70, length, 62, turn)
        canvas.fill(blade.move(6, 9), "#0f3a33", blur=6, opacity=0.3)
        canvas.fill(blade, linear("#a5dd7e", "#4fae62", "#277a4c", angle=turn + 60))
        canvas.fill(
            line(3, (0, -70), (length * 0.9, -70)).rotate(turn, (0, -70)), "#d9f5b5", opacity=0.6
        )
    pot = path("M -86 -70 L 86 -70 L 62 80 Q 0 100 -62 80 L -86 -70")
    canvas.fill(pot, linear("#ffffff", "#f0e3d2", "#bfa58c", angle=0))
    canvas.fill(block(-92, -84, 184, 30, 10), linear("#ffffff", "#d9c3ab", angle=0))
    canvas.fill(path("M -80 -10 L -40 20 L 0 -10 L 40 20 L 80 -10", 9), "#e2664a", within=pot)


def _table(canvas: Canvas) -> None:
    canvas.grounded(10, 172, 140, 14, 0.4)
    for x in (-80, 80):
        canvas.fill(line(11, (x, 20), (x * 1.25, 168)), "#5f3a20")
    canvas.fill(block(-150, 0, 300, 26, 13), linear("#b97c4a", "#7d4c29"))
    for y, w, colour in ((-22, 150, "#d96a4c"), (-42, 136, "#f7ead6"), (-62, 144, "#2b5f86")):
        canvas.fill(block(-w / 2 - 20, y, w, 20, 4), linear(lighter(colour), darker(colour)))
    canvas.fill(block(40, -62, 62, 62, 12), radial("#ffffff", "#e6ded3", "#b3a698"))
