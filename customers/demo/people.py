"""The demo's people: made-up, with addresses and numbers that belong to nobody."""

import itertools
import re
import unicodedata
from collections.abc import Iterator

# Each: calling prefix that no country has given out, where its addresses are, women's names,
# men's names, families. Seven digits follow the prefix.
PEOPLE = (
    (
        "4898",
        "example.com",
        "Agata Aleksandra Barbara Dorota Ewa Hanna Joanna Julia Karolina Kinga Łucja Magdalena "
        "Małgorzata Marta Monika Natalia Oliwia Patrycja Sylwia Weronika Zofia",
        "Adam Bartosz Dawid Filip Grzegorz Jakub Kacper Krzysztof Łukasz Maciej Marcin Mateusz "
        "Michał Paweł Piotr Rafał Sebastian Tomasz Wojciech Zbigniew",
        "Adamczyk Bąk Błaszczyk Czarnecki Dąbrowski Gajewski Górski Grabowski Jabłoński Jaworski "
        "Kaczmarek Kamiński Kowalski Kozłowski Krawczyk Kubiak Maciejewski Malinowski Mazur "
        "Michalski Nowicki Nowak Ostrowski Pawłowski Piątek Rutkowski Sadowski Sikora Sobczak "
        "Stępień Szczepański Szymański Urbański Wieczorek Wilk Woźniak Wróbel Zając Zieliński",
    ),
    (
        "44600",
        "example.org",
        "Alice Amelia Beth Charlotte Daisy Eleanor Freya Grace Harriet Imogen Isla Jessica Lucy "
        "Megan Molly Niamh Phoebe Poppy Rosie Sophie",
        "Alfie Archie Callum Daniel Dylan Elliot Ethan Finlay George Harvey Jacob Joseph Leo "
        "Lewis Logan Nathan Oliver Oscar Reuben Toby",
        "Adams Atkinson Bailey Barker Bennett Brooks Carter Chapman Collins Cooper Dixon Ellis "
        "Fletcher Foster Gibson Harrison Holmes Hughes Hunter Knight Lawson Marsh Mason Mills "
        "Palmer Parker Pearce Reid Saunders Shaw Simpson Spencer Stevens Turner Walker Walsh Webb",
    ),
    (
        "38058",
        "example.net",
        "Анастасія Вікторія Галина Дарина Євгенія Зоряна Ірина Катерина Людмила Марина Наталія "
        "Оксана Олена Світлана Соломія Тетяна Юлія Яна",
        "Андрій Артем Богдан Василь Віталій Дмитро Євген Максим Микола Назар Олег Олександр "
        "Остап Павло Роман Сергій Степан Юрій",
        "Бабенко Бойко Бондаренко Василенко Гаврилюк Гончаренко Гриценко Данилюк Дяченко Іваненко "
        "Коваленко Ковальчук Козак Колісник Левицький Лисенко Литвин Марченко Мельничук Мороз "
        "Олійник Остапчук Павлюк Панасенко Петрук Поліщук Романюк Руденко Семенюк Ткачук Федорчук "
        "Яременко",
    ),
)
TRANSLITERATION = (
    "а=a б=b в=v г=h ґ=g д=d е=e є=ie ж=zh з=z и=y і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r с=s "
    "т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ь= ю=iu я=ia ł=l"
)
LETTERS = str.maketrans(dict(pair.split("=") for pair in TRANSLITERATION.split()))


def people() -> Iterator[tuple[str, str, str, str, str, str]]:
    """Every first name with every last name: prefix, domain, names, mailbox, gender."""
    for prefix, domain, women, men, families in PEOPLE:
        named = [(first, True) for first in women.split()] + [(m, False) for m in men.split()]
        for (first, is_woman), family in itertools.product(named, families.split()):
            last = _of_a_woman(family) if is_woman else family
            gender = "female" if is_woman else "male"
            yield prefix, domain, first, last, f"{_ascii(first)}.{_ascii(last)}", gender


def _of_a_woman(family: str) -> str:
    return re.sub("ький$", "ька", re.sub("([cs]k|dzk)i$", r"\1a", family))


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFC", name.lower()).translate(LETTERS)
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
