"""What stands about at home."""

from promotions.demo.drawing import Canvas
from promotions.demo.motifs.colours import CREAM, DARK, GREEN, STEEL, side
from promotions.demo.paint import Colour, darker, lighter, linear, mix, radial
from promotions.demo.shapes import arc, barrel, block, bow, leaf, line, oval, polygon


def blocks(canvas: Canvas, colour: Colour) -> None:
    others = ("#f5c84c", "#4d96d9", "#ef5b5b")
    places = ((230, 600), (500, 600), (365, 350))
    for (x, y), other in zip(places, others, strict=True):
        paint = mix(colour, other, 0.5)
        canvas.fill(block(x, y, 255, 250, 18), side(paint))
        canvas.fill(oval(x + 127, y + 125, 70), lighter(paint, 0.6))


def pencil(canvas: Canvas, colour: Colour) -> None:
    turned = canvas.at(500, 520, 1, 38)
    turned.fill(block(-70, -330, 140, 520), side(colour))
    turned.fill(polygon((-70, 190), (70, 190), (0, 350)), "#f2d2a2")
    turned.fill(polygon((-24, 296), (24, 296), (0, 350)), DARK)
    turned.fill(block(-70, -400, 140, 80, 20), "#e88a9a")
    turned.fill(block(-70, -345, 140, 40), STEEL)


def plant(canvas: Canvas, colour: Colour) -> None:
    for angle in (-150, -125, -100, -80, -55, -30):
        canvas.fill(leaf(500, 560, 400, 80, angle), linear(lighter(GREEN), darker(GREEN), angle=0))
    canvas.fill(barrel(500, 580, 840, 200, 36, 0.72), side(colour))
    canvas.fill(block(280, 540, 440, 80, 20), lighter(colour, 0.2))


def sofa(canvas: Canvas, colour: Colour) -> None:
    for x in (240, 720):
        canvas.fill(block(x, 780, 40, 80), "#6b4430")
    canvas.fill(block(200, 340, 600, 340, 70), side(colour))
    canvas.fill(block(230, 580, 540, 160, 40), lighter(colour, 0.2))
    for x in (130, 740):
        canvas.fill(block(x, 500, 130, 300, 60), darker(colour, 0.15))
    canvas.fill(block(130, 730, 740, 80, 20), darker(colour, 0.25))


def headphones(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(bow(500, 560, 290, 340, 180, 360, 60), darker(colour, 0.1))
    for x in (160, 690):
        canvas.fill(block(x, 520, 150, 280, 70), side(colour))
        canvas.fill(block(x + 40, 570, 70, 180, 34), darker(colour, 0.4))


def flower(canvas: Canvas, colour: Colour) -> None:
    for x, y in ((360, 380), (640, 380), (500, 280), (500, 470)):
        canvas.fill(line(18, (x, y), (500, 760)), GREEN)
    for x, y in ((360, 380), (640, 380), (500, 280), (500, 470)):
        for angle in range(0, 360, 60):
            (petal, *_) = arc(x, y, 70, 70, angle, angle + 1)
            canvas.fill(oval(*petal, 56), radial(lighter(colour, 0.4), colour))
        canvas.fill(oval(x, y, 44), "#ffd35c")
    canvas.fill(polygon((330, 600), (670, 600), (560, 860), (440, 860)), CREAM)


def spray(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(block(360, 400, 300, 450, 60), side(colour))
    canvas.fill(block(450, 280, 120, 140), darker(colour, 0.3))
    canvas.fill(polygon((300, 180), (600, 180), (600, 300), (300, 260)), DARK)
    canvas.fill(block(360, 560, 300, 170), CREAM)
    for x, y in ((210, 170), (170, 230), (220, 280)):
        canvas.fill(oval(x, y, 22), "#9fd2f0")


def lipstick(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(block(390, 560, 220, 290, 16), linear("#565a68", DARK, angle=0))
    canvas.fill(block(410, 430, 180, 140), linear("#f7e2b0", "#c99b4a", angle=0))
    canvas.fill(polygon((430, 440), (430, 260), (570, 170), (570, 440)), side(colour))


def palette(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(block(180, 300, 640, 480, 50), linear("#565a68", DARK, angle=60))
    for row in range(2):
        for column in range(3):
            paint = mix(colour, "#f6d5c0", (row * 3 + column) / 6)
            canvas.fill(block(230 + column * 190, 350 + row * 200, 160, 170, 24), side(paint))


def tube(canvas: Canvas, colour: Colour) -> None:
    canvas.fill(polygon((330, 170), (670, 170), (620, 720), (380, 720)), side(colour))
    canvas.fill(block(320, 140, 360, 60, 10), lighter(colour, 0.4))
    canvas.fill(block(400, 710, 200, 140, 20), "#ffffff")
    canvas.fill(line(18, (430, 420), (570, 420)), darker(colour, 0.35))
    canvas.fill(line(12, (450, 480), (550, 480)), darker(colour, 0.35))
