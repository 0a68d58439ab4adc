"""A small car in foam, with bucket and sponge."""

import math
import random

from offers.demo.scenes.stage import floor, sparkle, sunbeams, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import darker, lighter, linear, radial
from promotions.demo.shapes import block, bow, line, oval, path, polygon, ring

RED = "#e8443a"
BODY = path(
    "M 36 640 C 30 560 60 520 140 506 C 200 420 260 350 340 338 C 460 322 600 326 668 350 "
    "C 740 386 780 440 822 496 C 900 506 960 530 968 590 C 974 640 970 690 950 706 "
    "L 60 706 C 40 690 38 670 36 640"
)
WHEELS = ((236, 706), (776, 706))


def paint(canvas: Canvas) -> None:
    wall(canvas, linear("#d7f1f7", "#a9dbe8", "#7fc3d6"))
    _tiles(canvas)
    floor(canvas, linear("#7d9bab", "#54707f"), 720)
    _puddle(canvas)
    _shelf(canvas)
    car = canvas.at(0, 64)
    _shade(car)
    _car(car)
    _foam(canvas)
    _bucket(canvas.at(-190, 910))
    _spray(canvas.at(1190, 905))
    _bubbles(canvas)
    sunbeams(canvas, "#ffffff", 0.16)
    for x, y, r in ((660, 480, 46), (900, 590, 30), (360, 380, 28)):
        sparkle(canvas, x, y, r)


def _tiles(canvas: Canvas) -> None:
    for row, y in enumerate(range(-288, 720, 72)):
        canvas.fill(line(3, (-560, y), (1560, y)), "#ffffff", opacity=0.4)
        for x in range(-560 + row % 2 * 72, 1560, 144):
            canvas.fill(line(3, (x, y), (x, y + 72)), "#ffffff", opacity=0.4)
    canvas.fill(block(-560, 432, 2200, 72), "#f9b233", opacity=0.85)
    canvas.fill(block(-560, 432, 2200, 10), "#ffffff", opacity=0.4)


def _puddle(canvas: Canvas) -> None:
    for rx, ry, opacity in ((620, 86, 0.4), (540, 66, 0.5)):
        canvas.fill(oval(510, 880, rx, ry), linear("#bfe7f2", "#8fc8dc"), opacity=opacity)
    canvas.fill(oval(500, 896, 420, 40), RED, blur=30, opacity=0.35)


def _shelf(canvas: Canvas) -> None:
    for x in (-440, 1060):
        canvas.fill(block(x, 330, 360, 20, 6), linear("#ffffff", "#b9cdd5"))
        canvas.fill(block(x, 350, 360, 30), "#1d3f57", blur=12, opacity=0.25)
        for step, (colour, height) in enumerate(
            (("#f9785a", 130), ("#4aa9e0", 160), ("#ffd23f", 110), ("#58b98a", 146))
        ):
            left = x + 30 + step * 82
            body = block(left, 330 - height, 58, height, 12)
            canvas.fill(body, linear(lighter(colour, 0.4), colour, darker(colour, 0.3), angle=0))
            canvas.fill(block(left + 16, 306 - height, 26, 28, 5), "#f4f8fa")
            canvas.fill(block(left + 6, 352 - height * 0.7, 46, 40, 6), "#ffffff", opacity=0.85)


def _shade(canvas: Canvas) -> None:
    canvas.fill(oval(505, 800, 470, 30), "#12202e", blur=16, opacity=0.65)


def _car(canvas: Canvas) -> None:
    canvas.fill(BODY, linear(lighter(RED, 0.45), RED, darker(RED, 0.12), darker(RED, 0.5)))
    canvas.fill(
        path("M 60 560 C 300 520 640 520 950 560", 22), "#ffffff", blur=9, opacity=0.55, within=BODY
    )
    canvas.fill(block(30, 664, 940, 60), "#34313d", within=BODY)
    canvas.fill(line(5, (60, 664), (950, 664)), "#ffd9d2", opacity=0.6)
    _windows(canvas)
    _details(canvas)
    for x, y in WHEELS:
        canvas.fill(oval(x, y - 6, 122), "#221d2a", within=BODY)
        _wheel(canvas.at(x, y))


def _windows(canvas: Canvas) -> None:
    glass = linear("#e9fbff", "#9fdcf0", "#4f95b5", angle=60)
    for pane in (
        path("M 190 500 C 240 430 290 380 350 370 L 474 362 L 474 500 L 190 500"),
        path("M 500 362 C 580 358 640 366 662 378 C 716 410 748 456 776 500 L 500 500 L 500 362"),
    ):
        canvas.fill(pane.scale(1.03, 1.07), "#34313d")
        canvas.fill(pane, glass)
        x = pane.centre[0]
        for dx, width in ((-40, 46), (30, 18)):
            gleam = polygon(
                (x + dx, 340), (x + dx + width, 340), (x + dx + width - 90, 520), (x + dx - 90, 520)
            )
            canvas.fill(gleam, "#ffffff", opacity=0.5, within=pane)


def _details(canvas: Canvas) -> None:
    for x in (486, 180):
        seam = path(f"M {x} 510 C {x - 4} 580 {x} 640 {x + 8} 664", 4)
        canvas.fill(seam, darker(RED, 0.5), opacity=0.6)
    for x in (410, 690):
        canvas.fill(block(x, 548, 62, 15, 7), linear("#ffffff", "#9aa7b1"))
    light = path("M 900 528 C 946 540 964 560 964 592 C 930 592 900 570 890 540 L 900 528")
    canvas.fill(light, radial("#fffef0", "#ffe9a0", "#d9b45a"))
    canvas.glow(950, 566, 110, "#fff6cc", 0.5)
    canvas.fill(
        path("M 42 570 C 60 560 84 566 90 590 C 80 610 54 612 40 606 L 42 570"),
        linear("#ff9a7a", "#a5141c"),
    )
    canvas.fill(
        path("M 790 506 C 800 470 850 470 850 500 C 846 520 810 522 790 506"),
        linear(lighter(RED, 0.4), darker(RED, 0.3)),
    )
    canvas.fill(block(900, 640, 80, 24, 10), linear("#ffffff", "#9aa7b1"))
    canvas.fill(block(24, 640, 70, 24, 10), linear("#ffffff", "#9aa7b1"))
    canvas.fill(path("M 360 336 C 460 322 600 326 660 348", 8), "#ffffff", blur=3, opacity=0.8)


def _wheel(canvas: Canvas) -> None:
    canvas.fill(oval(0, 0, 100), radial("#4a4452", "#2b2632", "#17131d"))
    canvas.fill(ring(0, 0, 92, 3), "#6b6475")
    canvas.fill(oval(0, 0, 66), linear("#ffffff", "#c5d0d8", "#8795a1", angle=50))
    for step in range(5):
        spot = oval(0, -40, 17, 19).rotate(step * 72, (0, 0))
        canvas.fill(spot, linear("#2b2632", "#57505f"))
    canvas.fill(oval(0, 0, 15), radial("#ffffff", RED, darker(RED)))


def _foam(canvas: Canvas) -> None:
    dice = random.Random(22)
    spots = [
        (dice.gauss(x, 52), dice.gauss(y, 16))
        for x, y in ((330, 404), (430, 392), (240, 500), (130, 575))
        for _ in range(17)
    ]
    spots += [(dice.uniform(20, 990), dice.gauss(872, 12)) for _ in range(46)]
    for x, y in spots:
        r = dice.uniform(16, 38)
        canvas.fill(oval(x, y, r), radial("#ffffff", "#f4fbff", "#b5d9ea", reach=0.8))
    for x, length in ((250, 90), (330, 60), (415, 74)):
        canvas.fill(line(17, (x, 430), (x - 6, 430 + length)), "#f4fbff", opacity=0.9)


def _bubbles(canvas: Canvas) -> None:
    dice = random.Random(15)
    for _ in range(44):
        x, y, r = dice.uniform(-480, 1480), dice.uniform(40, 780), dice.uniform(9, 44)
        canvas.fill(
            oval(x, y, r), radial("#ffffff", "#c9efff", "#e6c9ff", spot=(0.6, 0.65)), opacity=0.3
        )
        canvas.fill(ring(x, y, r, 2.5), "#ffffff", opacity=0.85)
        canvas.fill(bow(x, y, r * 0.7, r * 0.7, 195, 255, r * 0.14), "#ffffff", opacity=0.95)


def _bucket(canvas: Canvas) -> None:
    canvas.grounded(20, 6, 150, 20, 0.5)
    canvas.fill(bow(0, -220, 136, 130, 180, 360, 9), "#8795a1")
    pail = path("M -146 -220 L 146 -220 L 112 -8 Q 0 16 -112 -8 L -146 -220")
    canvas.fill(pail, linear("#8fd0ff", "#3a93e0", "#1c5aa0", angle=0))
    canvas.fill(block(-110, -190, 26, 170, 12), "#ffffff", blur=6, opacity=0.6)
    canvas.fill(block(-160, -244, 320, 40, 16), linear("#b5e0ff", "#4aa0e8", "#1f62ad", angle=0))
    for step in range(11):
        x = -130 + step * 26
        canvas.fill(
            oval(x, -252 - 14 * math.sin(step * 1.3), 30), radial("#ffffff", "#f4fbff", "#b5d9ea")
        )
    sponge = block(-70, -340, 190, 96, 24).rotate(-12)
    canvas.fill(sponge.move(4, 10), "#12202e", blur=8, opacity=0.35)
    canvas.fill(sponge, linear("#fff0a0", "#ffd23f", "#e09c1c", angle=60))
    dice = random.Random(3)
    for _ in range(15):
        hole = oval(dice.uniform(-50, 100), dice.uniform(-330, -258), dice.uniform(4, 9))
        canvas.fill(hole, "#c98412", opacity=0.7, within=sponge)


def _spray(canvas: Canvas) -> None:
    canvas.grounded(14, 4, 100, 16, 0.5)
    bottle = path(
        "M -80 -10 L -80 -190 C -80 -240 -34 -250 -30 -290 L 30 -290 C 34 -250 80 -240 80 -190 "
        "L 80 -10 Q 0 14 -80 -10"
    )
    canvas.fill(bottle, linear("#b9f0d0", "#4fc48c", "#23895c", angle=0))
    canvas.fill(block(-62, -180, 20, 160, 10), "#ffffff", blur=4, opacity=0.7)
    canvas.fill(block(-56, -160, 112, 112, 14), "#ffffff", opacity=0.92)
    canvas.fill(
        path("M 0 -146 C 40 -100 34 -66 0 -66 C -34 -66 -40 -100 0 -146"),
        linear("#9fdcf7", "#3a93e0"),
    )
    head = path(
        "M -40 -290 L -40 -330 C -60 -340 -110 -340 -124 -344 L -124 -376 L 30 -376 "
        "C 64 -376 70 -330 64 -312 L 40 -318 L 40 -290"
    )
    canvas.fill(head, linear("#ff9a6a", "#ef5a34", "#b5381c"))
    canvas.fill(path("M -44 -330 C -70 -320 -84 -290 -78 -262", 14), "#c9431f")
