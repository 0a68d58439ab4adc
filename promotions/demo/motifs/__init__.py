"""Small pictures of what the demo sells: one motif for a category, in several colours."""

from collections.abc import Callable

from promotions.demo.drawing import Canvas
from promotions.demo.motifs import eating, home, outside
from promotions.demo.paint import Colour, mix, radial
from promotions.demo.shapes import block

MOTIFS: dict[str, Callable[[Canvas, Colour], None]] = {
    "baby": eating.baby,
    "backpack": outside.backpack,
    "blocks": home.blocks,
    "bottle": eating.bottle,
    "bread": eating.bread,
    "cake": eating.cake,
    "carton": eating.carton,
    "cup": eating.cup,
    "flower": home.flower,
    "fruit": eating.fruit,
    "handbag": outside.handbag,
    "headphones": home.headphones,
    "lantern": outside.lantern,
    "lipstick": home.lipstick,
    "palette": home.palette,
    "pencil": home.pencil,
    "pizza": eating.pizza,
    "plant": home.plant,
    "purse": outside.purse,
    "shoe": outside.shoe,
    "sofa": home.sofa,
    "spray": home.spray,
    "tent": outside.tent,
    "tube": home.tube,
    "wheel": outside.wheel,
}


def draw(motif: str, colour: Colour, size: tuple[int, int]) -> Canvas:
    """The motif before a backdrop of its own light colour."""
    canvas = Canvas.blank(size)
    left, top, right, bottom = canvas.edges
    light = mix(colour, "#ffffff", 0.78)
    ground = block(left, top, right - left, bottom - top)
    canvas.fill(ground, radial("#ffffff", light, mix(colour, "#ffffff", 0.6), reach=1))
    canvas.grounded(500, 850, 330, 34, 0.3)
    MOTIFS[motif](canvas, colour)
    return canvas
