from promotions.demo.paint import Colour, Linear, darker, lighter, linear

DARK = "#2b2d3a"
CREAM = "#fff6e3"
STEEL = "#c3c9d2"
GREEN = "#5f9a52"


def side(colour: Colour) -> Linear:
    """Something round or thick, lit from the left."""
    return linear(lighter(colour, 0.35), colour, darker(colour, 0.3), angle=0)
