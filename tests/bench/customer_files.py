"""Customers with eight attributes: as a file for the import, and as COPY takes them."""

from collections.abc import Iterable
from pathlib import Path

from customers.models import AttributeDefinition
from tests.bench.dataset import NAMES

CARS = ("Audi", "BMW", "Fiat", "Kia", "Opel", "Skoda", "Toyota", "Volvo")
GENDERS = ("female", "male", "other")
# Birth date is the eighth: every customer has it without anybody defining it.
DEFINITIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "gender": ("choice", GENDERS),
    "city": ("text", ()),
    "district": ("text", ()),
    "accepts_marketing": ("yes_no", ()),
    "children_birth_dates": ("dates", ()),
    "cars": ("choices", CARS),
    "shoe_size": ("number", ()),
}
STORED = (
    "external_id, email, phone, first_name, last_name, birth_date, gender, city, district,"
    " accepts_marketing, children_birth_dates, cars, attributes"
)
HEADER = ",".join(
    ("External ID,Email,Phone,First name,Last name,Birth date", *DEFINITIONS, "\n")
).replace(",\n", "\n")


def define() -> None:
    AttributeDefinition.objects.bulk_create(
        AttributeDefinition(key=key, label=key, type=type_, choices=list(choices))
        for key, (type_, choices) in DEFINITIONS.items()
    )


def write(folder: Path, numbers: Iterable[int], *, district: str) -> tuple[Path, Path]:
    """The customers of these numbers in both forms, in no order: as they are to be given."""
    ours, bare = folder / "ours.csv", folder / "bare.csv"
    with ours.open("w") as for_us, bare.open("w") as for_copy:
        for_us.write(HEADER)
        for number in numbers:
            known = _known(number, district)
            children, cars, size = _children(number), _cars(number), f"{30 + number % 20}.5"
            for_us.write(
                f"{known},{'yes' if number % 2 else 'no'},{'|'.join(children)},{'|'.join(cars)},"
                f"{size}\n"
            )
            for_copy.write(
                f"{known},{number % 2},{_array(children)},{_array(cars)},"
                f'"{{""shoe_size"": {size}}}"\n'
            )
    return ours, bare


def _known(number: int, district: str) -> str:
    first, last, middle, end = (words.split() for words in NAMES.values())
    return (
        f"C{number},customer{number}@example.com,{48500000000 + number},"
        f"{first[number % 31]},{last[number % 29]}{middle[number % 23]}{end[number % 7]},"
        f"{1940 + number % 70}-{1 + number % 12:02}-{1 + number % 28:02},"
        f"{GENDERS[number % 3]},City {number % 300},{district} {number % 17}"
    )


def _children(number: int) -> list[str]:
    return sorted(
        f"{2005 + (number + 5 * child) % 20}-{1 + (number + child) % 12:02}-{1 + number % 28:02}"
        for child in range(number % 4)
    )


def _cars(number: int) -> list[str]:
    return [car for place, car in enumerate(CARS) if number >> place & number >> place + 3 & 1]


def _array(entries: list[str]) -> str:
    return f'"{{{",".join(entries)}}}"' if entries else ""
