"""Customers, offers and assignments in any number, made in sets: minutes for twenty million.

One offer in twenty is live, from NOW for a century; the others have ended. Ten live ones are
public. Each customer is assigned to as many live as ended offers, so that at twenty assignments
a page has twenty cards.
"""

import datetime as dt

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from tests.bench.harness import Scale

NOW = dt.datetime(2020, 6, 15, 12, 0, tzinfo=dt.UTC)
HOST = "shop.example.com"
LIVE_SHARE = 20
PUBLIC = 10
PICTURES = 50
NAMES = {
    "first": "Ada Ben Cleo Dan Eve Finn Gina Hugo Ida Jan Kai Lena Milo Nora Otto Pia Quin Rosa "
    "Sven Tara Udo Vera Wim Xenia Yuri Zofia Bruno Carla Edgar Frida Gustav",
    "last": "Bor Cor Dra Fel Gar Hol Jas Kow Lis Mal Now Olsz Pio Rad Saw Tom Urb Wil Zaw Bry Chm "
    "Dud Grab Kacz Lew Mich Pawl Ste Wojc",
    "middle": "al an ar ek el er ick ik il in iń ok ol on or os ow uch ul un ur us yk",
    "end": "ski czyk owicz er mann son ez",
}


def make(scale: Scale) -> None:
    """Fill an empty, migrated database."""
    customers(scale.customers)
    offers(scale.offers)
    assignments(scale.assignments)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def customers(number: int) -> None:
    """Customers 1 to `number`: customer1@example.com and so on, with 31 first and 4,669 last names.

    Names of many letters, because a search for letters costs what the letters' frequency costs.
    Of eight attributes, most have a few: a third have children, half have a car.
    """
    attributes()
    _run(
        "INSERT INTO customers_customer (id, email, external_id, phone, first_name, last_name,"
        " birth_date, created_at, gender, city, district, accepts_marketing,"
        " children_birth_dates, cars, attributes)"
        " SELECT n, format('customer%%s@example.com', n), 'C' || n, (48500000000 + n)::text,"
        " (string_to_array(%(first)s, ' '))[1 + n %% 31],"
        " (string_to_array(%(last)s, ' '))[1 + n %% 29]"
        " || (string_to_array(%(middle)s, ' '))[1 + n %% 23]"
        " || (string_to_array(%(end)s, ' '))[1 + n %% 7],"
        f" {PERSONAL} FROM generate_series(1, %(number)s) n,"
        " LATERAL (SELECT n::bigint * 2654435761 %% 1000003 AS r) AS random",
        {"number": number, "today": NOW.date(), "districts": DISTRICTS, **NAMES},
        table="customers_customer",
    )


DISTRICTS = ["Sovetsky", "Camden", "Hackney", "Kazimierz", "Mokotów", "Obolon", "Podil", "Praga"]
CARS = ["Audi", "BMW", "Fiat", "Ford", "Kia", "Škoda", "Toyota", "Volkswagen"]
TIERS = ["bronze", "silver", "gold", "platinum"]
# By r, which is as good as random from 0 to a million.
PERSONAL = (
    "%(today)s::date - (18 * 365 + r %% 20000)::int, %(today)s - r / 300 * interval '1 day',"
    " (ARRAY['female', 'male'])[1 + r %% 2], 'City ' || r %% 200,"
    " (%(districts)s::varchar[])[1 + r %% 8], r %% 3 = 0,"
    " CASE WHEN r %% 3 = 1 THEN ARRAY[%(today)s::date - (r %% 9000)::int] WHEN r %% 30 = 2"
    " THEN ARRAY[%(today)s::date - (r %% 9000 + 800)::int, %(today)s::date - (r %% 9000)::int] END,"
    " CASE WHEN r %% 20 < 9 THEN ARRAY['Fiat', 'Ford'] WHEN r %% 20 = 9 THEN ARRAY['Audi'] END,"
    " jsonb_strip_nulls(jsonb_build_object("
    "'loyalty_tier', (ARRAY['bronze', 'bronze', 'silver', 'gold', 'platinum'])[1 + r %% 5],"
    " 'visits', CASE WHEN r %% 4 > 0 THEN r %% 50 END))"
)


def attributes() -> None:
    """Definitions of what customers() fills in: six standard attributes, two of our own."""
    several = {"gender": ["female", "male"], "district": DISTRICTS, "cars": CARS}
    types = {"gender": "choice", "city": "text", "district": "choice", "cars": "choices"}
    types |= {"accepts_marketing": "yes_no", "children_birth_dates": "dates"}
    types |= {"loyalty_tier": "choice", "visits": "number"}
    for key, type_ in types.items():
        _run(
            "INSERT INTO customers_attributedefinition (key, label, type, choices)"
            " VALUES (%(key)s, %(key)s, %(type)s, %(choices)s)",
            {"key": key, "type": type_, "choices": {**several, "loyalty_tier": TIERS}.get(key, [])},
        )


def offers(number: int) -> None:
    """Offers 1 to `number` in two altshops each, the last twentieth live at NOW."""
    _run(
        "INSERT INTO offers_altshop (id, key, name, host, time_zone, is_default)"
        " SELECT n, 'shop-' || n, 'Shop ' || n,"
        " CASE n WHEN 1 THEN %(host)s ELSE format('shop-%%s.example.com', n) END,"
        " 'Europe/Warsaw', n = 1 FROM generate_series(1, 3) n",
        {"host": HOST},
        table="offers_altshop",
    )
    _run(
        "INSERT INTO offers_image (id, title, file, thumbnail, width, height, uploaded_at)"
        " SELECT n, 'Picture ' || n, format('gallery/%%s.webp', md5('file' || n)),"
        " format('gallery/%%s.webp', md5('thumbnail' || n)), 1200, 800, %(now)s"
        " FROM generate_series(1, %(pictures)s) n",
        {"now": NOW, "pictures": PICTURES},
        table="offers_image",
    )
    _run(
        "INSERT INTO offers_privateoffer (id, name, visible_name, description, validity_text, link,"
        ' type, start, "end", sort_order, is_active, is_public, link_type, object_id, picture_id,'
        " small_image_id, medium_image_id, big_image_id, assigned_count)"
        " SELECT n, 'OFFER-' || n, format('Offer %%s for you', n), 'What you get, in a line or two."
        "' || chr(10) || 'Show it at the till, or use it in the shop.', 'All June',"
        " '/products/' || n, (ARRAY['online_and_retail', 'online', 'retail'])[1 + n %% 3],"
        " %(now)s - interval '30 days',"
        " %(now)s + CASE WHEN n > %(ended)s THEN interval '100 years' ELSE interval '-1 day' END,"
        " n %% 100, true, n > %(number)s - %(public)s, 'product', n::text, 1 + n %% %(pictures)s,"
        " 1 + n %% %(pictures)s, 1 + n %% %(pictures)s, 1 + n %% %(pictures)s, 0"
        " FROM generate_series(1, %(number)s) n",
        _shape(number) | {"now": NOW, "pictures": PICTURES},
        table="offers_privateoffer",
    )
    _run(
        "INSERT INTO offers_privateoffer_altshops (privateoffer_id, altshop_id)"
        " SELECT n, shop FROM generate_series(1, %(number)s) n, unnest(ARRAY[1, 2 + n %% 2]) shop",
        {"number": number},
    )


def assignments(number: int) -> None:
    """`number` pairs, the same count for every customer of the database (at most 20 each)."""
    with transaction.atomic(), connection.cursor() as cursor:
        people, count = _counts(cursor)
        half = number // people // 2
        # Without its index while it fills: half the time, and nothing else to wait for it.
        cursor.execute("ALTER TABLE offers_assignment DROP CONSTRAINT offers_assignment_pkey")
        cursor.execute(
            "INSERT INTO offers_assignment (customer_id, offer_id) SELECT c, o"
            " FROM generate_series(1, %(people)s) c, LATERAL ("
            " SELECT 1 + (c * 97 + k * (%(ended)s / %(half)s)) %% %(ended)s AS o"
            " FROM generate_series(0, %(half)s - 1) k UNION ALL"
            " SELECT %(ended)s + 1 + (c * 97 + k * (%(private)s / %(half)s)) %% %(private)s"
            " FROM generate_series(0, %(half)s - 1) k) o",
            _shape(count) | {"people": people, "half": half},
        )
        cursor.execute("ALTER TABLE offers_assignment ADD PRIMARY KEY (customer_id, offer_id)")
        cursor.execute(
            "UPDATE offers_privateoffer SET assigned_count = counted.number FROM (SELECT offer_id,"
            " count(*) AS number FROM offers_assignment GROUP BY offer_id) counted"
            " WHERE id = counted.offer_id"
        )


def _counts(cursor: CursorWrapper) -> tuple[int, int]:
    cursor.execute(
        "SELECT (SELECT count(*) FROM customers_customer),"
        " (SELECT count(*) FROM offers_privateoffer)"
    )
    return cursor.fetchone()


def _shape(number: int) -> dict[str, int]:
    live = number // LIVE_SHARE
    return {
        "number": number,
        "ended": number - live,
        "private": live - PUBLIC,
        "public": PUBLIC,
    }


def _run(sql: str, parameters: dict[str, object], *, table: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        if table:  # the numbers given here must not be given again
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
