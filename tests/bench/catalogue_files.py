"""Files of the catalogue and of lists, for the import and for COPY alike."""

import random
from pathlib import Path

# One line in so many is no good.
BAD = 100

MENTIONS = {
    "email": "email:customer{}@example.com",
    "external": "external:C{}",
    "id": "id:{}",
}
"""How the customers of the dataset are mentioned."""


def write_lists(file: Path, number: int, *, way: str, promotions: int, products: int) -> None:
    """Lines in no order, five products for each customer; none twice."""
    dice = random.Random(7)
    mention = MENTIONS[way]
    lines = [
        f"promotion-{1 + person % promotions},{mention.format(person)},"
        f"{'SKU' if dice.randrange(BAD) else 'none'}-{1 + (person * 7 + place) % products}\n"
        for person in range(1, number // 5 + 1)
        for place in range(5)
    ]
    dice.shuffle(lines)
    with file.open("w") as out:
        out.write("Promotion,Customer,Product\n")
        out.writelines(lines)


def write_categories(file: Path, number: int) -> None:
    """Ten below each, the parents after their children."""
    lines = [
        f"CAT-{n},Category {n},{f'CAT-{n // 10}' if n >= 10 else ''}\n"
        for n in range(number, 0, -1)
    ]
    file.write_text("ID,Name,Parent\n" + "".join(lines))


def write_products(file: Path, number: int) -> None:
    """In the categories of write_categories, each with two barcodes."""
    lines = [
        f"SKU-{n},Product number {n},CAT-{1 + n % number},{n % 500}.{n % 100:02},"
        f"{5900000000000 + n} {5800000000000 + n}\n"
        for n in random.Random(7).sample(range(1, number + 1), number)
    ]
    file.write_text("ID,Name,Category,Price,Barcodes\n" + "".join(lines))


def write_groups(file: Path, number: int) -> None:
    """The products of write_products, half of them by barcode, in a hundred groups."""
    lines = [
        f"Group {n % 100},{f'SKU-{n}' if n % 2 else 5900000000000 + n}\n"
        for n in random.Random(8).sample(range(1, number + 1), number)
    ]
    file.write_text("Group,Product\n" + "".join(lines))


CATALOGUE = {
    "categories": write_categories,
    "products": write_products,
    "product-groups": write_groups,
}
"""By type of import, in the order in which they go in."""
