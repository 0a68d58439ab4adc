"""A teddy bear in the nursery, with toy blocks and a bottle."""

from offers.demo.scenes.stage import cloud, floor, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import Colour, darker, lighter, linear, radial
from promotions.demo.shapes import Shape, block, bow, line, oval, path, ring, star

FUR, SNOUT = "#d99a5f", "#f8e0be"


def paint(canvas: Canvas) -> None:
    wall(canvas, linear("#bfe6f5", "#d9f1f4", "#fdf0dc"))
    _stripes(canvas)
    _mobile(canvas)
    for x, y, scale in ((-330, 470, 0.9), (1330, 430, 1), (60, 330, 0.6)):
        cloud(canvas, x, y, scale, 0.85)
    floor(canvas, linear("#fbe3c8", "#e9bd96"), 770)
    _rug(canvas)
    _blocks(canvas)
    _bottle(canvas.at(1185, 900))
    _ball(canvas.at(-300, 830))
    _bear(canvas)


def _stripes(canvas: Canvas) -> None:
    for x in range(-520, 1520, 120):
        canvas.fill(block(x, -260, 60, 1030), "#ffffff", opacity=0.2)
    canvas.fill(block(-560, 742, 2200, 28), linear("#ffffff", "#dbe8e6"))


def _mobile(canvas: Canvas) -> None:
    canvas.fill(line(6, (500, -260), (500, 40)), "#c08a5a")
    canvas.fill(path("M 150 92 Q 500 -20 850 92", 13), linear("#e7b27e", "#b67b49"))
    toys = (
        (150, 92, 230, "#ffd25e"),
        (325, 60, 130, "#ff9fb1"),
        (675, 60, 140, "#8fd3c4"),
        (850, 92, 240, "#b7a4f0"),
    )
    for step, (x, y, drop, colour) in enumerate(toys):
        canvas.fill(line(3, (x, y), (x, y + drop)), "#a58a7a")
        toy = _moon(x, y + drop + 36) if step % 2 else star(x, y + drop + 40, 50, 0.55, 5)
        canvas.shadow(toy, 8, 12, 9, 0.18)
        canvas.fill(toy, radial(lighter(colour, 0.55), colour, darker(colour, 0.1)))


def _moon(x: float, y: float) -> Shape:
    return path(
        f"M {x + 18} {y - 46} C {x - 60} {y - 44} {x - 60} {y + 52} {x + 26} {y + 46} "
        f"C {x - 16} {y + 22} {x - 18} {y - 22} {x + 18} {y - 46}"
    )


def _rug(canvas: Canvas) -> None:
    for shrink, colour in ((1, "#ffffff"), (0.95, "#9fd8d2"), (0.88, "#ffffff"), (0.84, "#c9ebe4")):
        canvas.fill(oval(500, 904, 600 * shrink, 78 * shrink), colour)


def _round(canvas: Canvas, shape: Shape, colour: Colour) -> None:
    canvas.fill(shape.move(5, 9), "#4a2410", blur=10, opacity=0.35)
    canvas.fill(
        shape, radial(lighter(colour, 0.35), colour, darker(colour, 0.34), spot=(0.36, 0.28))
    )


def _bear(canvas: Canvas) -> None:
    canvas.grounded(510, 912, 290, 34, 0.45)
    for side in (-1, 1):
        _round(canvas, oval(500 + side * 152, 196, 72), FUR)
        canvas.fill(oval(500 + side * 150, 202, 42), radial("#ffd9c9", "#eea694"))
    _round(canvas, oval(500, 700, 208, 218), FUR)
    canvas.fill(oval(500, 722, 138, 156), radial("#fff4df", SNOUT, "#e6bd8c"))
    for side in (-1, 1):
        _round(canvas, oval(500 + side * 214, 640, 66, 126).rotate(side * -34), FUR)
        foot = oval(500 + side * 186, 850, 96, 92)
        _round(canvas, foot, FUR)
        canvas.fill(oval(500 + side * 188, 856, 60, 58), radial("#fff0dc", "#f1cfa3"))
        canvas.fill(oval(500 + side * 188, 870, 27, 21), "#e9a08c")
        for dx in (-30, 0, 30):
            canvas.fill(oval(500 + side * 188 + dx, 828 - (0 if dx else 8), 10), "#e9a08c")
    _head(canvas)
    _scarf(canvas)


def _head(canvas: Canvas) -> None:
    _round(canvas, oval(500, 340, 204, 184), FUR)
    canvas.fill(oval(440, 240, 70, 34).rotate(-20), "#fff0d9", blur=16, opacity=0.5)
    canvas.fill(oval(500, 406, 100, 80), radial("#fffaf0", SNOUT, "#eacb9f"))
    for side in (-1, 1):
        canvas.fill(oval(500 + side * 84, 318, 22, 25), "#3a2218")
        canvas.fill(oval(493 + side * 84, 309, 8), "#ffffff")
        canvas.fill(oval(500 + side * 132, 392, 36, 24), "#f58b7d", blur=9, opacity=0.65)
    nose = path("M 462 362 Q 500 344 538 362 Q 536 396 500 404 Q 464 396 462 362")
    canvas.fill(nose, radial("#8a5a44", "#4a2a1c", "#2c160e"))
    canvas.fill(oval(486, 366, 12, 6), "#ffffff", opacity=0.6)
    canvas.fill(line(6, (500, 402), (500, 426)), "#4a2a1c")
    canvas.fill(bow(470, 422, 30, 26, 10, 120, 6), "#4a2a1c")
    canvas.fill(bow(530, 422, 30, 26, 60, 170, 6), "#4a2a1c")


def _scarf(canvas: Canvas) -> None:
    red = linear("#7fd6d0", "#2fa7a6", "#1b7b80", angle=60)
    band = path("M 352 474 Q 500 556 648 474 L 662 524 Q 500 616 338 524 L 352 474")
    canvas.fill(band.move(0, 10), "#4a2410", blur=8, opacity=0.4)
    canvas.fill(band, red)
    for side in (-1, 1):
        wing = path("M 500 562 C 540 506 626 500 632 560 C 630 622 546 624 500 572").scale(
            side, 1, (500, 560)
        )
        canvas.fill(wing.move(3, 8), "#4a2410", blur=6, opacity=0.35)
        canvas.fill(wing, red)
        for x, y in ((570, 548), (600, 572), (560, 586)):
            canvas.fill(oval(500 + side * (x - 500), y, 8), "#ffffff", opacity=0.85)
    canvas.fill(block(474, 536, 52, 56, 20), radial("#a6ece6", "#2fa7a6", "#1b7b80"))


def _blocks(canvas: Canvas) -> None:
    for x, y, colour, figure in (
        (-60, 770, "#ff8fa3", "star"),
        (90, 782, "#6cc6e8", "heart"),
        (14, 640, "#ffd056", "moon"),
        (800, 790, "#8fd3a4", "moon"),
        (930, 776, "#b7a4f0", "heart"),
    ):
        _block(canvas.at(x, y), colour, figure)


def _block(canvas: Canvas, colour: Colour, figure: str) -> None:
    canvas.fill(block(0, 10, 136, 132, 14), "#1d1238", blur=10, opacity=0.3)
    canvas.fill(
        block(0, 0, 130, 130, 14),
        linear(lighter(colour, 0.35), colour, darker(colour, 0.2), angle=60),
    )
    canvas.fill(block(14, 14, 102, 102, 10), linear("#fffdf6", "#f6ead6", angle=60))
    figures = {
        "star": star(65, 68, 40, 0.5, 5),
        "heart": path("M 65 100 C 0 56 34 20 65 50 C 96 20 130 56 65 100"),
        "moon": _moon(68, 65).scale(0.8),
    }
    canvas.fill(figures[figure], linear(lighter(colour, 0.1), darker(colour, 0.15)))


def _bottle(canvas: Canvas) -> None:
    canvas.grounded(14, 2, 100, 16, 0.4)
    glass = block(-76, -270, 152, 272, 40)
    canvas.fill(glass, linear("#ffffff", "#dff1f7", "#a8cfdd", angle=0))
    canvas.fill(block(-64, -190, 128, 182, 32), linear("#fffdf5", "#f3e6d2"))
    for y in (-180, -140, -100, -60):
        canvas.fill(line(5, (20, y), (58, y)), "#7fbccf")
    canvas.fill(block(-58, -250, 18, 220, 9), "#ffffff", opacity=0.9)
    canvas.fill(block(-84, -318, 168, 58, 16), linear("#ffb5c2", "#f0748d", "#c24e6b", angle=0))
    canvas.fill(
        path("M -48 -316 C -46 -356 -18 -350 -18 -392 Q 0 -420 18 -392 C 18 -350 46 -356 48 -316"),
        linear("#fff0cf", "#e3b878", angle=0),
    )


def _ball(canvas: Canvas) -> None:
    canvas.grounded(14, 86, 92, 14, 0.4)
    ball = oval(0, 0, 94)
    canvas.fill(ball, "#fffaf0")
    for rx, colour in ((96, "#ff8fa3"), (62, "#fffaf0"), (30, "#6cc6e8")):
        canvas.fill(oval(0, 0, rx, 110).rotate(24), colour, within=ball)
    canvas.fill(ball, radial("#ffffff", "#c98a6a"), opacity=0.3)
    canvas.fill(ring(0, 0, 92, 6), "#1d1238", blur=8, opacity=0.3, within=ball)
    canvas.fill(oval(-36, -42, 18, 11).rotate(-40), "#ffffff", opacity=0.9)
