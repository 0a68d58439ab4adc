"""Customers for the demo: made-up people with addresses and numbers that belong to nobody."""

import datetime as dt
import itertools
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

from customers.models import Customer

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

MANY = 50_000

# A number's hash with a salt of its own makes each choice independent and always the same.
MAKE = """
    INSERT INTO customers_customer
        (external_id, email, phone, first_name, last_name, birth_date, created_at)
    SELECT 'DEMO-' || lpad(number::text, 8, '0'),
        mailbox || number || '@' || domain,
        CASE WHEN hashint8extended(number, 2) & 7 > 0 AND number < 10000000
            THEN prefix || lpad((number * 7654321 %% 10000000)::text, 7, '0') END,
        first_name, last_name,
        CASE WHEN hashint8extended(number, 3) & 15 > 0
            THEN date '1944-01-01' + (hashint8extended(number, 4) & 32767)::int %% 22600 END,
        %(at)s - (hashint8extended(number, 5) & 1048575) * interval '1 minute'
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS number
    JOIN unnest(
        %(prefixes)s::text[], %(domains)s::text[], %(first_names)s::text[], %(last_names)s::text[],
        %(mailboxes)s::text[]
    ) WITH ORDINALITY AS person (prefix, domain, first_name, last_name, mailbox, place)
        ON place = 1 + (hashint8extended(number, 1) & 2147483647) %% %(people)s
    ORDER BY number
    ON CONFLICT DO NOTHING
"""


def external_id(number: int) -> str:
    """By which the demo's customers are known, in the order in which they were made."""
    return f"DEMO-{number:08}"


def demo_customers(numbers: range | None = None) -> QuerySet[Customer]:
    """All of the demo's customers, or those with these numbers."""
    found = Customer.objects.filter(external_id__startswith="DEMO-")
    if numbers is None:
        return found
    return found.filter(
        external_id__gte=external_id(numbers.start), external_id__lt=external_id(numbers.stop)
    )


def make_customers(*, number: int, named: Customer, at: dt.datetime) -> range:
    """Have `number` of the demo's customers; those made now, as a range of their numbers.

    The first is `named`; the others follow from their number alone, and joined in the two years
    before `at`. One statement, however many.
    """
    newest = demo_customers().aggregate(newest=Max("external_id"))["newest"]
    new = range(int(newest.removeprefix("DEMO-")) + 1 if newest else 1, number + 1)
    if new and new.start == 1:
        named.external_id = external_id(1)
        named.save()
    if len(new) > MANY:
        with _search_index_built_afterwards():
            _make(new, at)
    elif new:
        _make(new, at)
    return new


def _make(numbers: range, at: dt.datetime) -> None:
    columns = [list(column) for column in zip(*_people(), strict=True)]
    names = ("prefixes", "domains", "first_names", "last_names", "mailboxes")
    values: dict[str, Any] = dict(zip(names, columns, strict=True))
    values |= {"people": len(columns[0]), "at": at}
    values |= {"first": max(numbers.start, 2), "last": numbers[-1]}
    with connection.cursor() as cursor:
        cursor.execute(MAKE, values)


@contextmanager
def _search_index_built_afterwards() -> Iterator[None]:
    """At once it takes a fraction of the time that it takes by the row; the table is locked."""
    index = next(each for each in Customer._meta.indexes if each.name == "customer_search")
    with connection.schema_editor(atomic=False) as editor:
        editor.remove_index(Customer, index)
        yield
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        editor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        editor.add_index(Customer, index)


def _people() -> Iterator[tuple[str, str, str, str, str]]:
    """Every first name with every last name: prefix, domain, the names and how a mailbox begins."""
    for prefix, domain, women, men, families in PEOPLE:
        named = [(first, True) for first in women.split()] + [(m, False) for m in men.split()]
        for (first, is_woman), family in itertools.product(named, families.split()):
            last = _of_a_woman(family) if is_woman else family
            yield prefix, domain, first, last, f"{_ascii(first)}.{_ascii(last)}"


def _of_a_woman(family: str) -> str:
    return re.sub("ький$", "ька", re.sub("([cs]k|dzk)i$", r"\1a", family))


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFC", name.lower()).translate(LETTERS)
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
