"""What goes along when somebody goes out."""

import math

from promotions.demo.drawing import Canvas
from promotions.demo.motifs.colours import DARK, STEEL, side
from promotions.demo.paint import Colour, darker, lighter, radial
from promotions.demo.shapes import block, bow, line, oval, path, polygon, ring


def backpack(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(bow(500, 250, 90, 100, 180, 360, 34), darker(colour, 0.3))
    canvas.fill(block(270, 240, 460, 610, 130), side(colour))
    canvas.fill(block(320, 560, 360, 230, 50), darker(colour, 0.2))
    canvas.fill(line(14, (340, 640), (660, 640)), lighter(colour, 0.5))
    canvas.fill(line(14, (330, 430), (670, 430)), lighter(colour, 0.5))


def lantern(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(bow(500, 300, 150, 190, 180, 360, 26), DARK)
    canvas.fill(block(350, 260, 300, 90, 30), darker(colour, 0.2))
    canvas.fill(block(380, 340, 240, 340, 20), radial("#fff7c9", "#ffd35c", spot=(0.5, 0.5)))
    canvas.fill(block(340, 670, 320, 180, 30), side(colour))


def tent(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(polygon((500, 220), (930, 840), (70, 840)), side(colour))
    canvas.fill(polygon((500, 330), (680, 840), (320, 840)), darker(colour, 0.55))
    canvas.fill(polygon((500, 330), (400, 840), (320, 840)), lighter(colour, 0.4))
    canvas.fill(line(16, (460, 170), (500, 220), (540, 170)), DARK)


def shoe(canvas: Canvas, colour: Colour) -> None:
    upper = path(
        "M 130 760 L 160 470 Q 250 520 340 430 Q 520 620 780 650 Q 900 680 890 760 L 130 760"
    )
    canvas.fill(upper, side(colour))
    canvas.fill(block(110, 740, 790, 90, 44), "#ffffff")
    canvas.fill(block(110, 800, 790, 40, 20), darker(colour, 0.4))
    for x in (400, 460, 520):
        canvas.fill(line(18, (x, 600), (x + 50, 530)), "#ffffff")


def wheel(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(ring(500, 520, 300, 70), DARK)
    canvas.fill(ring(500, 520, 250, 34), side(colour))
    for angle in range(0, 180, 30):
        x, y = 240 * math.cos(math.radians(angle)), 240 * math.sin(math.radians(angle))
        canvas.fill(line(12, (500 - x, 520 - y), (500 + x, 520 + y)), STEEL)
    canvas.fill(oval(500, 520, 60), colour)


def handbag(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(bow(500, 420, 170, 230, 180, 360, 36), darker(colour, 0.3))
    canvas.fill(polygon((260, 410), (740, 410), (830, 850), (170, 850)), side(colour))
    canvas.fill(polygon((260, 410), (740, 410), (700, 590), (300, 590)), darker(colour, 0.15))
    canvas.fill(block(460, 550, 80, 80, 20), "#e3bd6a")


def purse(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(block(180, 380, 640, 430, 60), side(colour))
    canvas.fill(block(180, 380, 640, 200, 60), darker(colour, 0.2))
    canvas.fill(oval(500, 580, 44), "#e3bd6a")
