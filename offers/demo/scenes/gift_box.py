"""A gift box with a big bow, among smaller presents."""

from offers.demo.scenes.stage import confetti, dots, floor, sparkle, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import Colour, darker, lighter, linear, radial
from promotions.demo.shapes import block, line, oval, path, star

PARTY = ("#ffd35c", "#ff6f91", "#57c7d4", "#ffffff", "#a98bf0")


def paint(canvas: Canvas) -> None:
    wall(canvas, radial("#ffd9a0", "#ff9f7a", "#e4557c", "#8f2f78", spot=(0.5, 0.5), reach=0.68))
    dots(canvas, 31, 34, ("#fff1c9", "#ffc3d5"), (20, 70), opacity=0.24)
    confetti(canvas, 19, 90, PARTY)
    floor(canvas, linear("#c63f72", "#7d2463"), 800)
    _box(canvas.at(-190, 880, 0.5), "#57c7d4", "#fff4d6")
    _box(canvas.at(40, 906, 0.34), "#ffd35c", "#e4557c")
    _box(canvas.at(1180, 880, 0.56), "#a98bf0", "#ffd35c")
    _box(canvas.at(975, 908, 0.32), "#ffffff", "#57c7d4")
    _box(canvas.at(505, 912, 1.0), "#ef4066", "#ffe08a")
    for x, y, r in (
        (180, 260, 40),
        (840, 210, 52),
        (905, 430, 24),
        (110, 520, 26),
        (1260, 260, 36),
        (-260, 320, 40),
    ):
        sparkle(canvas, x, y, r, "#fffbe6")


def _box(canvas: Canvas, colour: Colour, ribbon: Colour) -> None:
    canvas.grounded(20, 0, 330, 26, 0.6)
    body = block(-262, -370, 524, 372, 10)
    canvas.fill(body, linear(lighter(colour, 0.2), colour, darker(colour, 0.36), angle=25))
    _pattern(canvas, body, colour)
    canvas.fill(block(-290, -376, 580, 60), darker(colour, 0.6), blur=16, opacity=0.5, within=body)
    band = block(-52, -372, 104, 374)
    canvas.fill(band, linear(lighter(ribbon, 0.4), ribbon, darker(ribbon, 0.24), angle=0))
    lid = block(-290, -470, 580, 108, 12)
    canvas.fill(lid, linear(lighter(colour, 0.38), colour, darker(colour, 0.25), angle=30))
    canvas.fill(
        block(-58, -470, 116, 108),
        linear(lighter(ribbon, 0.6), ribbon, darker(ribbon, 0.2), angle=0),
    )
    canvas.fill(block(-290, -470, 580, 12, 6), "#ffffff", opacity=0.45)
    canvas.fill(oval(0, -470, 190, 22), "#1d1238", blur=14, opacity=0.3, within=lid)
    _ribbon(canvas, ribbon)


def _pattern(canvas: Canvas, body, colour: Colour) -> None:
    for row in range(4):
        for column in range(7):
            x, y = -255 + column * 84 + row % 2 * 42, -310 + row * 88
            canvas.fill(star(x, y, 17, 0.45, 5), lighter(colour, 0.55), opacity=0.55, within=body)
    canvas.fill(block(-262, -370, 70, 372), "#ffffff", blur=24, opacity=0.28, within=body)


def _ribbon(canvas: Canvas, ribbon: Colour) -> None:
    for side in (1, -1):
        tail = path(
            "M 0 -500 C 60 -470 110 -440 140 -366 L 168 -398 L 212 -392 C 190 -460 100 -520 20 -536"
        )
        loop = path("M 0 -516 C 60 -680 240 -740 286 -640 C 316 -556 150 -500 0 -516")
        hole = path("M 50 -540 C 110 -640 216 -670 238 -622 C 250 -576 150 -548 50 -540")
        tail, loop, hole = (part.scale(side, 1, (0, 0)) for part in (tail, loop, hole))
        canvas.fill(loop.move(8, 14), "#1d1238", blur=12, opacity=0.3)
        canvas.fill(tail, linear(ribbon, darker(ribbon, 0.3), angle=60))
        canvas.fill(loop, linear(lighter(ribbon, 0.6), ribbon, darker(ribbon, 0.22), angle=80))
        canvas.fill(hole, linear(darker(ribbon, 0.5), darker(ribbon, 0.25), angle=80))
        for end_x, end_y in ((150, -560), (180, -590)):
            fold = path(f"M {18 * side} -524 Q {80 * side} -540 {end_x * side} {end_y + 26}", 4)
            canvas.fill(fold, darker(ribbon, 0.4), opacity=0.4, within=loop)
    knot = block(-48, -562, 96, 82, 30)
    canvas.fill(knot.move(4, 8), "#1d1238", blur=8, opacity=0.35)
    canvas.fill(knot, radial(lighter(ribbon, 0.7), ribbon, darker(ribbon, 0.3)))
    for x in (-14, 12):
        canvas.fill(line(4, (x, -548), (x * 1.5, -496)), darker(ribbon, 0.4), opacity=0.4)
