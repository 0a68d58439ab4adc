"""What the demo puts in, and who can sign in to it."""

import datetime as dt
import os
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from customers.audiences.counting import count_again
from customers.demo import demo_customers, make_customers
from customers.demo.attributes import load_attributes, load_audiences
from customers.demo.groups import load_groups
from customers.models import AttributeDefinition, Audience, Customer, CustomerGroup, User
from loyalty.demo import give_items, give_to_group, live_through, load_personal_offers
from offers.altshops import shop_zone
from offers.assignment import assign
from offers.demo.catalog import ALTSHOPS, OFFERS
from offers.demo.loading import assign_by_share, load_altshops, load_gallery, load_offers
from offers.demo.pictures import SIZES, Scene, draw_all
from offers.models import AltShop, PrivateOffer
from promotions.demo.discounts import load_discounts
from promotions.demo.loading import load_catalogue
from promotions.demo.personalized import give_lists, load_personalized
from promotions.models import Category, PointOfSale, Product, ProductGroup

CUSTOMERS = 2000
PASSWORD = "bespoke-demo"  # noqa: S105 (set with DEBUG only)
ADMIN, MARKETER, OPERATOR = "admin@example.com", "marketer@example.com", "operator@example.com"
CUSTOMER = "anna.nowak@example.com"
# Some of those in every altshop, and of every status, so that not all of them are seen today.
ANNAS_OFFERS = [
    *("birthday-cakes-30", "pizza-friday", "fresh-basket-10"),
    *("headphones-early-access", "all-for-school", "sofa-weekend"),
    *("running-shoes-trade-in", "camping-first-night", "beauty-favourites-20"),
]

DESCRIBING = ["attributedefinition", "audience", "customergroup"]
ROLES = {
    # Tills sell: marketers look at receipts.
    "Marketing": Q(content_type__app_label__in=["offers", "promotions", "loyalty"])
    & ~Q(codename="confirm_purchase")
    | Q(content_type__app_label="imports", codename__startswith="view_")
    | Q(content_type__app_label="customers", content_type__model__in=DESCRIBING)
    | Q(codename="view_customer"),
    "Operations": Q(content_type__app_label="imports")
    | Q(codename__in=["import_assignments", "export_assignments", "view_privateoffer"])
    | Q(codename__in=["import_customers", "export_customers", "view_customer"])
    # They answer tills that ask about a receipt.
    | Q(codename="view_purchase")
    | Q(codename__in=["import_members", "export_members", "import_audience"])
    | Q(content_type__app_label="promotions", codename__regex="^(import|export|view)_")
    | Q(content_type__app_label="loyalty", codename__regex="^(import|export)_"),
}
STAFF = {
    ADMIN: ("Ada", "Admin", None),
    MARKETER: ("Maja", "Marketer", "Marketing"),
    OPERATOR: ("Olek", "Operator", "Operations"),
}


def is_there() -> bool:
    """Whether the demo is in this database."""
    keys = [altshop.key for altshop in ALTSHOPS]
    return AltShop.objects.filter(key__in=keys).exists() or demo_customers().exists()


def has_room() -> bool:
    """Whether nothing is in this database that the demo would get mixed up with."""
    ours = [AltShop, PrivateOffer, Customer, AttributeDefinition, Audience, CustomerGroup]
    sold = [Category, Product, ProductGroup, PointOfSale]
    return not any(model._default_manager.exists() for model in (*ours, *sold))


def draw_pictures() -> Iterator[Scene]:
    """Those of all offers, on all cores: a few seconds."""
    return draw_all([offer.scene for offer in OFFERS], SIZES, processes=os.cpu_count() or 1)


@transaction.atomic
def load(*, at: dt.datetime, pictures: Iterable[Scene]) -> None:
    """Everything but the customers by the number; all or nothing."""
    load_attributes()
    load_audiences()
    load_catalogue()
    load_personalized(at=at)
    load_discounts(at=at)
    load_offers(OFFERS, load_altshops(), load_gallery(pictures), at)
    load_personal_offers(at=at)
    for email, (first_name, last_name, role) in STAFF.items():
        _hire(email, role, first_name=first_name, last_name=last_name)


def _hire(email: str, role: str | None, **names: str) -> None:
    """Nobody who is there already is changed."""
    if User.objects.filter(email=email).exists():
        return
    # Without a password nobody gets in: the one that everybody knows is for development.
    password = PASSWORD if settings.DEBUG else None
    user = User.objects.create_user(
        email, password, is_staff=True, is_superuser=role is None, **names
    )
    if role:
        user.groups.add(_role(role))


def _role(name: str) -> Group:
    role, created = Group.objects.get_or_create(name=name)
    if created:
        role.permissions.set(Permission.objects.filter(ROLES[name]))
    return role


@transaction.atomic
def add_customers(number: int, *, at: dt.datetime) -> int:
    """Have `number` customers in the demo, assigned to its offers; how many were made now."""
    anna = Customer(email=CUSTOMER, first_name="Anna", last_name="Nowak", phone="48987654321")
    anna.birth_date = dt.date(1991, at.month, 12)
    anna.gender, anna.city, anna.district = "female", "Львів", "Sovetsky"
    anna.accepts_marketing, anna.cars = True, ["Škoda"]
    anna.children_birth_dates = [at.date() - dt.timedelta(days=200)]
    anna.attributes = {"loyalty_tier": "gold", "favourite_store": "Sovetsky"}
    new = make_customers(number=number, named=anna, at=at)
    assign_by_share(new)
    give_lists(new, at=at)
    give_items(new, at=at)
    if anna.pk:
        for offer in PrivateOffer.objects.filter(name__in=ANNAS_OFFERS):
            assign(offer=offer, customers=[anna])
        give_to_group(load_groups(), at=at)
    live_through(new, at=at)
    count_again(timezone.localtime(at, shop_zone()))
    return len(new)


def sign_ins(port: int) -> list[str]:
    """Lines that say who can sign in to the demo, and how; none if the demo is not there."""
    if not User.objects.filter(email=ADMIN).exists():
        return []
    shops = "  ".join(f"http://{altshop.host}:{port}/" for altshop in ALTSHOPS)
    people = ((ADMIN, "everything"), (MARKETER, "Marketing"), (OPERATOR, "Operations"))
    return [
        "",
        f"Back-office  http://127.0.0.1:{port}/admin/",
        *(f"  {email:24} password {PASSWORD:14} {role}" for email, role in people),
        f"Customers    {shops}",
        f"  {CUSTOMER:24} {_where_the_code_is()}",
    ]


def to_try() -> list[str]:
    """Lines that say where the demo has something to show."""
    return [
        "What to try:",
        f"  As {CUSTOMER}: “For you” has an offer that waits for a yes, “Purchases” a receipt",
        "  of which something came back, “Cashback” points that open soon.",
        "  In the back-office: Promotions › Personal offers; and › Try a basket for her,",
        "  at Bloom Beauty, Podil, with HAN-6301 and LIP-6001 in it.",
        "  From a terminal: manage.py verify",
    ]


def _where_the_code_is() -> str:
    if settings.EMAIL_BACKEND == "django.core.mail.backends.console.EmailBackend":
        return "asks for a code, which appears here in the terminal"
    return "asks for a code, which comes by e-mail"
