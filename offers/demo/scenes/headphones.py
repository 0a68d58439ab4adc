"""Wireless headphones in front of an equaliser."""

import math

from offers.demo.scenes.stage import dots, floor, sparkle, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import Colour, darker, lighter, linear, mix, radial
from promotions.demo.shapes import Shape, block, bow, line, oval, path, ring

SHELL = "#ff7a59"


def paint(canvas: Canvas) -> None:
    wall(canvas, radial("#7a4fe0", "#4527a0", "#1f1458", spot=(0.5, 0.42), reach=0.62))
    for r, opacity in ((520, 0.1), (430, 0.14), (340, 0.2)):
        canvas.fill(ring(500, 470, r, 5), "#d9c6ff", opacity=opacity)
    _equaliser(canvas)
    dots(canvas, 17, 40, ("#ff9ad5", "#7de3ff", "#ffffff"), (3, 9), opacity=0.7)
    floor(canvas, linear("#3a2191", "#1a1049"), 820)
    canvas.grounded(500, 872, 400, 36, 0.7)
    canvas.glow(500, 500, 520, "#ff8fd0", 0.35)
    pair = canvas.at(0, 58)
    _headband(pair)
    _cup(pair.at(238, 640, 1, 7))
    _cup(pair.at(762, 640, 1, -7), flip=-1)
    _note(canvas.at(-150, 300, 1.25, -10), "#7de3ff")
    _note(canvas.at(1150, 240, 1.1, 12), "#ffd166")
    _note(canvas.at(1040, 600, 0.75, -6), "#ff9ad5")
    for x, y, r in ((500, 420, 30), (430, 530, 16), (580, 560, 20)):
        sparkle(canvas, x, y, r, "#fff0fb")


def _equaliser(canvas: Canvas) -> None:
    for step in range(-17, 51):
        x = step * 30
        height = 60 + 150 * abs(math.sin(step * 0.55)) + 90 * abs(math.sin(step * 1.7 + 1))
        share = (step + 17) / 67
        colour = mix("#2fd8ff", "#ff5fa8", share)
        canvas.fill(block(x, 820 - height, 18, height, 9), linear(colour, "#2c1a78"), opacity=0.75)


def _headband(canvas: Canvas) -> None:
    band = bow(500, 500, 300, 380, 186, 354, 62)
    canvas.fill(band.move(14, 20), "#0e0833", blur=16, opacity=0.55)
    canvas.fill(band, linear("#ffffff", "#e3def2", "#a79fc4", angle=0))
    canvas.fill(bow(500, 500, 322, 402, 186, 354, 12), SHELL)
    canvas.fill(bow(500, 506, 272, 348, 205, 335, 30), linear("#584b8c", "#2a2154"))
    for step in range(216, 330, 9):
        canvas.fill(bow(500, 506, 272, 348, step, step + 2, 26), "#6d5fa8", opacity=0.55)
    canvas.fill(bow(500, 496, 306, 386, 215, 262, 9), "#ffffff", opacity=0.9)


def _cup(canvas: Canvas, flip: int = 1) -> None:
    def shell(x: float, y: float, w: float, h: float, r: float) -> Shape:
        return block(x if flip > 0 else -x - w, y, w, h, r)

    canvas.fill(shell(-52, -210, 50, 200, 22), linear("#f8f7fc", "#bdb4d8", angle=0))
    canvas.fill(shell(-42, -196, 9, 150, 4), "#ffffff")
    cushion, edge = shell(-20, -168, 112, 336, 56), shell(-6, -150, 18, 300, 9)
    canvas.fill(cushion.move(8, 18), "#0e0833", blur=14, opacity=0.5)
    canvas.fill(cushion, linear("#6a5c9e", "#3a2f6c", "#211849", angle=0))
    for y in range(-130, 140, 30):
        seam = line(3, (-16 * flip, y), (88 * flip, y + 6))
        canvas.fill(seam, "#8a7dc0", opacity=0.35, within=cushion)
    canvas.fill(edge, "#a99bdd", blur=6, opacity=0.7, within=cushion)
    back, rim = shell(-132, -150, 150, 300, 74), shell(-26, -150, 44, 300, 22)
    canvas.fill(back.move(6, 14), "#0e0833", blur=12, opacity=0.5)
    canvas.fill(back, linear(lighter(SHELL, 0.45), SHELL, darker(SHELL, 0.42), angle=40))
    canvas.fill(rim, darker(SHELL, 0.5), blur=10, opacity=0.5, within=back)
    _dial(canvas, -62 * flip)


def _dial(canvas: Canvas, x: float) -> None:
    canvas.fill(oval(x, 0, 46, 92), linear("#ffffff", "#d5cfe6", "#9d93bd", angle=50))
    canvas.fill(oval(x, 0, 34, 74), radial(lighter(SHELL, 0.3), SHELL, darker(SHELL, 0.35)))
    canvas.fill(bow(x, 0, 22, 52, 130, 260, 5), "#ffffff", opacity=0.75)
    canvas.fill(oval(x, 122, 6), "#7dffcf")
    canvas.glow(x, 122, 30, "#7dffcf", 0.7)


def _note(canvas: Canvas, colour: Colour) -> None:
    canvas.glow(10, 30, 150, colour, 0.3)
    paint = linear(lighter(colour, 0.5), colour, darker(colour, 0.15), angle=60)
    canvas.fill(oval(-40, 92, 38, 28).rotate(-20), paint)
    canvas.fill(oval(80, 70, 38, 28).rotate(-20), paint)
    canvas.fill(line(13, (-8, 84), (-8, -64)), colour)
    canvas.fill(line(13, (112, 62), (112, -86)), colour)
    canvas.fill(path("M -14 -70 L 118 -94 L 118 -46 L -14 -22 L -14 -70"), paint)
