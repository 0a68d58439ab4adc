"""What is eaten and drunk."""

import math

from promotions.demo.drawing import Canvas
from promotions.demo.motifs.colours import CREAM, GREEN, side
from promotions.demo.paint import Colour, darker, lighter, linear, radial
from promotions.demo.shapes import barrel, block, leaf, line, oval, path, polygon, ring


def fruit(canvas: Canvas, colour: Colour) -> None:
    for x, y, r in ((350, 660, 180), (660, 680, 165), (510, 520, 185)):
        canvas.fill(oval(x, y, r), radial(lighter(colour, 0.5), colour, darker(colour, 0.3)))
        canvas.fill(line(18, (x, y - r + 20), (x + 18, y - r - 40)), "#6b4430")
        canvas.fill(leaf(x + 14, y - r - 20, 120, 44, -25), GREEN)


def carton(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(polygon((340, 340), (430, 190), (600, 190), (690, 340)), lighter(colour, 0.4))
    canvas.fill(block(420, 150, 190, 50, 8), darker(colour, 0.1))
    canvas.fill(block(330, 340, 360, 510, 10), linear("#ffffff", lighter(colour, 0.7), angle=0))
    canvas.fill(block(330, 560, 360, 180), side(colour))


def bread(canvas: Canvas, colour: Colour) -> None:
    loaf = path("M 170 800 C 60 520 300 400 500 420 C 720 400 950 520 830 800 Q 500 880 170 800")
    canvas.fill(loaf, radial(lighter(colour, 0.5), colour, darker(colour, 0.35)))
    for x in (330, 480, 630):
        canvas.fill(line(26, (x, 640), (x + 60, 490)), lighter(colour, 0.6))


def cake(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(barrel(500, 480, 800, 310, 60), side(colour))
    canvas.fill(oval(500, 480, 310, 60), CREAM)
    canvas.fill(barrel(500, 470, 560, 312, 62), linear(CREAM, "#f6dfc0", angle=0), opacity=0.9)
    canvas.fill(oval(500, 470, 312, 62), "#fffaf0")
    for x in (380, 460, 540, 620):
        canvas.fill(block(x - 12, 300, 24, 170, 6), lighter(colour, 0.3))
        canvas.fill(oval(x, 270, 16, 30), "#ffc94d")


def pizza(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(oval(500, 560, 350, 290), radial("#e9bd77", "#c98b4b", reach=0.7, spot=(0.5, 0.5)))
    canvas.fill(oval(500, 550, 300, 245), "#f3d27a")
    for angle in range(0, 360, 60):
        turned = math.radians(angle)
        x, y = 500 + 185 * math.cos(turned), 550 + 150 * math.sin(turned)
        canvas.fill(oval(x, y, 56, 46), radial(lighter(colour), colour))
    canvas.fill(oval(500, 550, 56, 46), radial(lighter(colour), colour))


def cup(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(ring(740, 560, 110, 46), darker(colour, 0.1))
    canvas.fill(barrel(500, 420, 800, 250, 50, 0.72), side(colour))
    canvas.fill(oval(500, 420, 250, 50), lighter(colour, 0.5))
    canvas.fill(oval(500, 428, 215, 38), "#4a2c1d")
    for x in (430, 560):
        canvas.fill(path(f"M {x} 340 Q {x - 50} 270 {x} 220 Q {x + 50} 170 {x} 110", 20), "#ffffff")


def bottle(canvas: Canvas, colour: Colour) -> None:
    body = path(
        "M 430 180 L 570 180 L 570 330 Q 660 400 660 520 L 660 850 L 340 850 L 340 520"
        " Q 340 400 430 330 L 430 180"
    )
    canvas.fill(body, side(colour))
    canvas.fill(block(415, 130, 170, 70, 14), darker(colour, 0.4))
    canvas.fill(block(340, 560, 320, 180), CREAM)


def baby(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(barrel(500, 420, 850, 180, 30), linear("#ffffff", lighter(colour, 0.5), angle=0))
    canvas.fill(block(310, 350, 380, 90, 20), side(colour))
    canvas.fill(
        path(
            "M 400 350 Q 400 250 460 230 Q 470 140 500 140 Q 530 140 540 230"
            " Q 600 250 600 350 L 400 350"
        ),
        "#f2c9a0",
    )
    for y in (540, 620, 700):
        canvas.fill(line(10, (580, y), (660, y)), darker(colour, 0.2))
