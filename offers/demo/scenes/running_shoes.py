"""A pair of running shoes on the track."""

from offers.demo.scenes.stage import floor, sparkle, wall
from promotions.demo.drawing import Canvas
from promotions.demo.paint import Colour, darker, lighter, linear
from promotions.demo.shapes import block, line, oval, path, polygon

UPPER = path(
    "M 92 612 C 86 540 112 470 100 392 C 96 346 132 330 166 350 C 210 378 248 402 300 392 "
    "C 348 382 372 340 408 312 C 432 294 462 300 482 322 L 628 470 C 700 530 850 528 916 582 "
    "C 942 604 950 622 946 646 C 800 676 300 660 92 612"
)
MIDSOLE = path(
    "M 84 590 C 60 650 62 712 122 724 C 300 738 640 738 800 728 C 910 720 978 690 956 622 "
    "C 880 654 760 652 640 634 C 460 608 280 640 84 590"
)


def paint(canvas: Canvas) -> None:
    wall(canvas, linear("#2456d8", "#3f8cf5", "#8ed4ff"))
    _stadium(canvas)
    _track(canvas)
    _shoe(canvas.at(262, 26, 0.83), "#3a4aa8", "#ffd44a")
    _shoe(canvas.at(-6, 150, 0.98), "#ff5a4e", "#ffffff")
    for x, y, r in ((905, 300, 34), (975, 385, 18), (80, 300, 22)):
        sparkle(canvas, x, y, r)


def _stadium(canvas: Canvas) -> None:
    canvas.glow(500, 360, 700, "#ffffff", 0.5)
    canvas.fill(oval(500, 400, 330), linear("#ffe27a", "#ffb62e"))
    for x in range(-560, 1560, 80):
        canvas.fill(block(x, 470, 62, 200), linear("#24408f", "#3b62bd"), opacity=0.32)
    for y, x, width in (
        (150, -300, 330),
        (210, 990, 380),
        (300, -420, 260),
        (92, 1010, 240),
        (370, 1050, 260),
    ):
        canvas.fill(block(x, y, width, 16, 8), "#ffffff", opacity=0.35)
    canvas.fill(block(-600, 610, 2200, 60), linear("#5fbf6a", "#3f9d56"))


def _track(canvas: Canvas) -> None:
    floor(canvas, linear("#d9573a", "#f17a4f"), 660)
    for lane in range(-9, 10):
        near, far = 500 + lane * 470, 500 + lane * 130
        stripe = polygon((far - 4, 662), (far + 4, 662), (near + 22, 1340), (near - 22, 1340))
        canvas.fill(stripe, "#fff3e6", opacity=0.85)


def _shoe(canvas: Canvas, colour: Colour, accent: Colour) -> None:
    canvas.grounded(530, 745, 440, 28, 0.62)
    _tongue(canvas, colour)
    canvas.fill(UPPER, linear(lighter(colour, 0.34), colour, darker(colour, 0.34), angle=62))
    _mesh(canvas, colour)
    _overlays(canvas, colour, accent)
    _laces(canvas, accent)
    _sole(canvas, colour, accent)


def _tongue(canvas: Canvas, colour: Colour) -> None:
    lining = path("M 120 400 C 150 470 330 470 450 330 C 400 300 300 420 120 400")
    canvas.fill(lining, darker(colour, 0.62))
    tongue = path("M 400 330 C 380 262 420 228 462 240 C 520 270 590 380 650 470 L 560 500")
    canvas.fill(tongue, linear(lighter(colour, 0.45), darker(colour, 0.15), angle=30))
    canvas.fill(
        path("M 112 400 C 84 340 88 300 110 290 C 132 296 138 330 150 352", 16), lighter(colour)
    )


def _mesh(canvas: Canvas, colour: Colour) -> None:
    for row in range(9):
        for column in range(22):
            x, y = 500 + column * 20 + row % 2 * 10, 440 + row * 20
            canvas.fill(oval(x, y, 3.4), darker(colour, 0.45), opacity=0.5, within=UPPER)
    canvas.fill(
        path("M 120 380 C 220 430 330 420 440 320", 34),
        "#ffffff",
        blur=14,
        opacity=0.35,
        within=UPPER,
    )
    canvas.fill(
        path("M 640 500 C 740 540 860 545 920 600", 26),
        "#ffffff",
        blur=12,
        opacity=0.5,
        within=UPPER,
    )
    canvas.fill(block(60, 590, 900, 90), darker(colour, 0.6), blur=26, opacity=0.5, within=UPPER)


def _overlays(canvas: Canvas, colour: Colour, accent: Colour) -> None:
    heel = path("M 60 640 L 70 430 C 150 440 210 500 240 640")
    toe = path("M 760 680 C 750 600 800 560 860 548 L 980 600 L 980 690")
    eyestay = path(
        "M 380 330 C 440 420 500 480 600 540 L 690 520 L 480 310 C 450 290 400 300 380 330"
    )
    for part in (heel, toe, eyestay):
        canvas.fill(
            part, linear(darker(colour, 0.08), darker(colour, 0.42), angle=60), within=UPPER
        )
    flash = path("M 300 690 L 452 500 L 392 492 L 470 400 L 560 480 L 500 540 L 590 556 L 372 690")
    canvas.fill(flash.move(5, 6), darker(colour, 0.6), opacity=0.35, within=UPPER)
    canvas.fill(flash, linear(accent, darker(accent, 0.08), angle=0), within=UPPER)
    seam = path("M 250 640 C 222 520 160 462 96 440", 3)
    canvas.fill(seam, lighter(colour, 0.7), opacity=0.7, within=UPPER)


def _laces(canvas: Canvas, accent: Colour) -> None:
    for step in range(6):
        x, y = 424 + step * 36, 334 + step * 33
        lace = line(15, (x - 22, y + 22), (x + 44, y - 16))
        canvas.fill(lace.move(3, 7), "#1d1238", opacity=0.3)
        canvas.fill(lace, linear("#ffffff", darker(lighter(accent, 0.5), 0.1)))
        canvas.fill(oval(x - 24, y + 24, 6), "#2b2440")
    for bend in (-54, 26):
        loop = path(f"M 436 322 C {400 + bend} 250 {470 + bend} 220 446 316", 11)
        canvas.fill(loop, "#ffffff")


def _sole(canvas: Canvas, colour: Colour, accent: Colour) -> None:
    canvas.fill(MIDSOLE, linear("#ffffff", "#eef1fa", "#b9c0dc"))
    canvas.fill(
        path("M 76 640 C 300 690 560 650 700 676 C 800 690 900 690 960 650", 9),
        accent if accent != "#ffffff" else "#ffc53d",
        within=MIDSOLE,
    )
    tread = block(40, 704, 940, 60)
    canvas.fill(tread, darker(colour, 0.62), within=MIDSOLE)
    for x in range(90, 950, 34):
        canvas.fill(block(x, 718, 16, 30), lighter(colour, 0.1), opacity=0.6, within=MIDSOLE)
    canvas.fill(
        oval(190, 668, 70, 17), linear(lighter(colour, 0.3), colour), opacity=0.9, within=MIDSOLE
    )
    canvas.fill(
        path("M 92 606 C 280 652 460 620 640 646 C 780 666 880 662 940 640", 6),
        "#ffffff",
        within=MIDSOLE,
    )
