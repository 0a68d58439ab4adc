"""Customers with eight attributes of dataset.py: as a file for the import, and as for COPY."""

from collections.abc import Iterable
from pathlib import Path

from tests.bench.dataset import CARS, DISTRICTS, NAMES

STORED = (
    "external_id, email, phone, first_name, last_name, birth_date, gender, city, district,"
    " accepts_marketing, children_birth_dates, cars, attributes"
)
HEADER = (
    "External ID,Email,Phone,First name,Last name,Birth date,gender,city,district,"
    "accepts_marketing,children_birth_dates,cars,visits\n"
)


def write(folder: Path, numbers: Iterable[int]) -> tuple[Path, Path]:
    """The customers of these numbers, who are those of the dataset with other attributes."""
    ours, bare = folder / "ours.csv", folder / "bare.csv"
    with ours.open("w") as for_us, bare.open("w") as for_copy:
        for_us.write(HEADER)
        for number in numbers:
            known = _known(number)
            children, cars = _children(number), _cars(number)
            for_us.write(
                f"{known},{'yes' if number % 2 else 'no'},{'|'.join(children)},{'|'.join(cars)},"
                f"{number % 60}\n"
            )
            for_copy.write(
                f"{known},{number % 2},{_array(children)},{_array(cars)},"
                f'"{{""visits"": {number % 60}}}"\n'
            )
    return ours, bare


def _known(number: int) -> str:
    first, last, middle, end = (words.split() for words in NAMES.values())
    return (
        f"C{number},customer{number}@example.com,{48500000000 + number},"
        f"{first[number % 31]},{last[number % 29]}{middle[number % 23]}{end[number % 7]},"
        f"{1940 + number % 70}-{1 + number % 12:02}-{1 + number % 28:02},"
        f"{('female', 'male')[number % 2]},City {number % 300},{DISTRICTS[number % len(DISTRICTS)]}"
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
