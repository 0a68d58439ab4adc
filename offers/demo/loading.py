"""The demo's altshops, gallery, offers and assignments, written into the database."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db import connection

from customers.demo import demo_customers
from customers.models import Audience
from offers.demo.catalog import ALTSHOPS, OFFERS, DemoOffer
from offers.demo.pictures import Scene
from offers.gallery import keep
from offers.models import AltShop, Image, PrivateOffer
from offers.models.objects import IN_CATALOGUE
from promotions.models import PointOfSale

Pictures = dict[str, Image]

# One pass, in the order of the key. The hash makes each choice independent and always the same.
ASSIGN = """
    WITH made AS (
        INSERT INTO offers_assignment (customer_id, offer_id)
        SELECT customer.id, offer.id
        FROM ({customers}) AS customer (id, external_id)
        JOIN unnest(%s::int[], %s::float[]) WITH ORDINALITY AS offer (id, share, place)
            ON (hashtextextended(customer.external_id, offer.place) & 65535) < offer.share * 65536
        ORDER BY 1, 2
        ON CONFLICT DO NOTHING
        RETURNING offer_id
    ), counted AS (SELECT offer_id, count(*) AS number FROM made GROUP BY 1)
    UPDATE offers_privateoffer SET assigned_count = assigned_count + number
    FROM counted WHERE id = offer_id
"""


def load_altshops() -> dict[str, AltShop]:
    """The first becomes the default; each sells at the online point of sale with its key."""
    return {
        demo.key: AltShop.objects.create(
            key=demo.key,
            name=demo.name,
            host=demo.host,
            time_zone=demo.zone,
            is_default=demo is ALTSHOPS[0],
            point_of_sale=PointOfSale.objects.get(key=demo.key),
        )
        for demo in ALTSHOPS
    }


def load_gallery(scenes: Iterable[Scene]) -> dict[str, Pictures]:
    """Pictures by scene and kind; their titles are the scene's name and the kind."""
    return {
        scene: {
            kind: keep(title=f"{scene.replace('-', ' ').capitalize()}{kind}", prepared=prepared)
            for kind, prepared in pictures.items()
        }
        for scene, pictures in scenes
    }


def load_offers(
    offers: Iterable[DemoOffer],
    altshops: dict[str, AltShop],
    gallery: dict[str, Pictures],
    at: dt.datetime,
) -> None:
    """Offers of the day of `at`, from midnight to midnight in the default altshop's zone."""
    zone = ZoneInfo(ALTSHOPS[0].zone)
    for offer in offers:
        _load_offer(offer, altshops, gallery[offer.scene], at.astimezone(zone))


def _load_offer(
    offer: DemoOffer, altshops: dict[str, AltShop], pictures: Pictures, at: dt.datetime
) -> None:
    midnight = dt.datetime.combine(at.date(), dt.time(), at.tzinfo)
    loaded = PrivateOffer.objects.create(
        name=offer.key,
        visible_name=offer.visible_name,
        description=offer.description,
        validity_text=offer.validity_on(at.date()),
        link=offer.link,
        type=offer.type,
        start=midnight + dt.timedelta(days=offer.starts_in_days),
        end=midnight + dt.timedelta(days=offer.ends_in_days),
        sort_order=offer.sort_order,
        is_active=offer.is_active,
        is_public=offer.is_public,
        link_type=offer.link_type,
        object_id=_object_id(offer),
        picture=pictures[""],
        small_image=pictures[", square"],
        medium_image=pictures[", square"],
        big_image=pictures[""],
    )
    loaded.altshops.set([altshops[key] for key in offer.altshops])
    if offer.audience:
        loaded.audience_targets.create(audience=Audience.objects.get(name=offer.audience))


def _object_id(offer: DemoOffer) -> str:
    """The catalogue knows its things by numbers that nobody can know before (T29)."""
    model = IN_CATALOGUE.get(offer.link_type)
    return str(model.objects.get(external_id=offer.object_id).pk) if model else offer.object_id


def assign_by_share(numbers: range) -> None:
    """Assign the demo's customers with these numbers to the demo's offers; one statement."""
    shares = {offer.key: offer.assigned_share for offer in OFFERS if offer.assigned_share}
    found = dict(
        PrivateOffer.objects.filter(name__in=shares, is_public=False).values_list("name", "id")
    )
    ids = [found.get(name) for name in shares]  # in the catalogue's order: the place is a salt
    customers = demo_customers(numbers).values_list("id", "external_id")
    sql, values = customers.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            ASSIGN.format(customers=sql), [*values, ids, [shares[name] for name in shares]]
        )
