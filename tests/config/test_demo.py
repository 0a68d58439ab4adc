"""The demo: believable, deterministic, never mixed with somebody's data."""

import datetime as dt
import io

import phonenumbers
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count

from config import demo
from customers.admin.target_rights import seen_by
from customers.demo import demo_customers
from customers.identity import normalize_email, normalize_phone
from customers.models import Customer, User
from loyalty.demo.offers import DRAWN
from loyalty.models import OfferItems, PersonalOffer
from offers.demo.catalog import OFFERS
from offers.demo.pictures import SIZES, draw_all
from offers.models import AltShop, Assignment, Image, PrivateOffer, Status
from offers.models.objects import object_of
from promotions.pictures import Prepared, prepare, read_picture
from tests.factories import make_altshop, make_customer, picture_file

AT = dt.datetime(2026, 11, 22, 15, 30, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def plain_pictures() -> list[tuple[str, dict[str, Prepared]]]:
    prepared = prepare(read_picture(picture_file()))
    return [(offer.scene, dict.fromkeys(SIZES, prepared)) for offer in OFFERS]


def load(customers: int = 200) -> None:
    demo.load(at=AT, pictures=plain_pictures())
    demo.add_customers(customers, at=AT)


def everybody() -> list[tuple]:
    fields = ("external_id", "email", "phone", "first_name", "last_name", "birth_date")
    return list(demo_customers().order_by("external_id").values_list(*fields))


def assigned() -> list[tuple]:
    pairs = Assignment.objects.order_by("customer__external_id", "offer__name")
    return list(pairs.values_list("customer__external_id", "offer__name"))


def had() -> list[tuple]:
    """Who has something of which personal offer, and how many items."""
    whose = dict(Customer.objects.values_list("pk", "external_id"))
    names = dict(PersonalOffer.objects.values_list("pk", "name"))
    rows = OfferItems.objects.all()
    return sorted((whose[row.customer_id], names[row.offer_id], len(row.items)) for row in rows)


def test_offers_have_every_status_on_the_day_they_are_loaded():
    load()
    statuses = dict(
        PrivateOffer.objects.with_status(AT)
        .order_by()
        .values("status_at")
        .annotate(number=Count("pk"))
        .values_list("status_at", "number")
    )
    assert statuses == {
        Status.LIVE: 11,
        Status.SCHEDULED: 2,
        Status.DRAFT: 1,
        Status.ENDED: 1,
        Status.OFF: 1,
    }
    assert Image.objects.count() == len(OFFERS) * len(SIZES) + len(DRAWN)


def test_t29_what_the_offers_open_is_in_the_catalogue():
    load(customers=1)
    for offer in PrivateOffer.objects.all():
        offer.full_clean()
    opened = {
        offer.name: object_of(offer.link_type, offer.object_id).name
        for offer in PrivateOffer.objects.filter(link_type__in=["product", "category"])
    }
    assert opened["birthday-cakes-30"] == "Birthday cakes"
    assert opened["headphones-early-access"] == "Wireless headphones"
    assert len(opened) == 11


def test_each_altshop_sells_at_an_online_point_of_sale_in_its_zone():
    load(customers=1)
    sold = AltShop.objects.select_related("point_of_sale")
    assert {(shop.point_of_sale.channel, shop.point_of_sale.currency) for shop in sold} == {
        ("online", "PLN"),
        ("online", "GBP"),
        ("online", "UAH"),
    }
    assert all(shop.time_zone == shop.point_of_sale.time_zone for shop in sold)


def test_an_offer_runs_from_midnight_to_midnight_in_the_default_altshop():
    load(customers=1)
    cake = PrivateOffer.objects.get(name="birthday-cakes-30")
    warsaw = cake.altshops.get(is_default=True).time_zone
    assert warsaw == "Europe/Warsaw"
    assert cake.start == dt.datetime(2026, 11, 15, 23, tzinfo=dt.UTC)
    assert cake.end == dt.datetime(2026, 12, 15, 23, tzinfo=dt.UTC)
    assert cake.validity_text.startswith("16 November 2026 to 15 December 2026")


def test_named_customer_sees_some_of_what_is_live_in_each_altshop():
    load()
    anna = Customer.objects.get(email=demo.CUSTOMER)
    seen = {
        altshop.key: list(
            PrivateOffer.objects.visible_to(anna, altshop, AT).values_list("name", flat=True)
        )
        for altshop in AltShop.objects.all()
    }
    assert {key: len(names) for key, names in seen.items()} == {
        "harbour-market": 6,
        "north-outdoor": 3,
        "bloom-beauty": 3,
    }
    assert seen["bloom-beauty"] == ["gift-box-welcome", "beauty-favourites-20", "baby-first-year"]


def test_customers_are_assigned_by_share_and_counted():
    load(customers=2000)
    for offer in PrivateOffer.objects.all():
        share = next(each.assigned_share for each in OFFERS if each.key == offer.name)
        assert offer.assigned_count == offer.assignments.count()
        assert abs(offer.assigned_count - 2000 * share) < 90, offer.name


def test_customers_have_plausible_names_and_numbers_of_nobody():
    load()
    people = list(demo_customers())
    assert len(people) == 200
    for person in people:
        assert normalize_email(person.email) == person.email
        assert person.email.partition("@")[2] in {"example.com", "example.net", "example.org"}
        if person.phone and person.email != demo.CUSTOMER:
            assert normalize_phone(person.phone) == person.phone
            assert not phonenumbers.is_valid_number(phonenumbers.parse(f"+{person.phone}"))
    names = {(person.last_name, person.email.partition("@")[0]) for person in people}
    assert ("Michalska", "barbara.michalska4") in names
    assert ("Мороз", "daryna.moroz9") in names


def test_a_second_time_changes_nothing_and_more_customers_leave_the_others_as_they_are():
    load(customers=120)
    people, pairs = everybody(), assigned()
    said = io.StringIO()
    call_command("demo", customers=120, stdout=said)
    assert "nothing was changed" in said.getvalue()
    assert (everybody(), assigned()) == (people, pairs)
    call_command("demo", customers=200, stdout=said)
    assert "80 customers were made" in said.getvalue()
    assert said.getvalue().endswith("\n".join(["", *demo.to_try(), ""]))
    assert everybody()[:120] == people
    assert [pair for pair in assigned() if pair[0] <= "DEMO-00000120"] == pairs


def test_the_same_customers_come_at_once_or_in_parts():
    with transaction.atomic():
        load(customers=120)
        demo.add_customers(200, at=AT)
        in_parts = everybody(), assigned(), had()
        transaction.set_rollback(True)
    load(customers=200)
    assert (everybody(), assigned(), had()) == in_parts


def test_many_customers_leave_the_search_as_it_was(monkeypatch):
    question = "SELECT indexdef FROM pg_indexes WHERE indexname = 'customer_search'"
    with connection.cursor() as cursor:
        before = cursor.execute(question).fetchall()
        monkeypatch.setattr("customers.demo.making.MANY", 50)
        load(customers=100)
        assert cursor.execute(question).fetchall() == before
    assert demo_customers().count() == 100


@pytest.mark.parametrize("make", [make_altshop, make_customer])
def test_somebodys_own_data_is_not_mixed_with_the_demo(make):
    make()
    with pytest.raises(CommandError, match="Use an empty database"):
        call_command("demo")
    assert not PrivateOffer.objects.exists()
    assert Customer.objects.count() + AltShop.objects.count() == 1


def test_staff_have_roles_and_a_password_in_development_only(settings):
    with transaction.atomic():
        load(customers=1)
        assert [user.has_usable_password() for user in User.objects.all()] == [False] * 3
        transaction.set_rollback(True)
    settings.DEBUG = True
    demo.load(at=AT, pictures=plain_pictures())
    marketer = User.objects.get(email=demo.MARKETER)
    operator = User.objects.get(email=demo.OPERATOR)
    assert [marketer.check_password(demo.PASSWORD), operator.check_password(demo.PASSWORD)] == [
        True,
        True,
    ]
    rights = ["offers.add_privateoffer", "imports.view_job", "customers.export_customers"]
    rights += ["promotions.change_product", "promotions.import_products"]
    assert [marketer.has_perm(right) for right in rights] == [True, True, False, True, True]
    assert [operator.has_perm(right) for right in rights] == [False, True, True, False, True]
    assert seen_by(marketer) == {"groups", "audiences"}
    assert User.objects.get(email=demo.ADMIN).is_superuser


def test_pictures_drawn_by_several_processes_are_those_drawn_by_one():
    sizes = {"": (300, 200)}
    several = list(draw_all(["coffee", "pizza"], sizes, processes=2))
    assert several == list(draw_all(["coffee", "pizza"], sizes, processes=1))
