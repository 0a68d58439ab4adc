"""Every address of the back-office, where a second factor is compulsory: see also matrix/."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from customers.keys import issue
from imports.models import Job, State
from loyalty.models import Batch, Programme
from tests.factories import (
    make_altshop,
    make_attribute,
    make_audience,
    make_customer,
    make_group,
    make_offer,
    make_staff,
)
from tests.loyalty.admin.personal_offers.forms import make_personal_offer
from tests.loyalty.purchases.factories import make_purchase
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_personalized_promotion,
    make_point_of_sale,
    make_product,
    make_product_group,
)

pytestmark = pytest.mark.django_db


def addresses(resolver: Any, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, route)
        else:
            yield f"/{route}"


@pytest.fixture
def doors() -> list[str]:
    """Addresses of things that exist, so that only the lack of a right can keep somebody out."""
    now, offer = timezone.now(), make_offer(altshops=[make_altshop(key="main")])
    superuser = make_staff(is_superuser=True)
    batch = Batch.objects.create(
        kind="single", customer_id=1, mode="relative", amount=1, comment="x", created_at=now
    )
    known = {
        "offer_id": offer.pk,
        "audience_id": make_audience({"all": []}).pk,
        "customer_id": make_customer().pk,
        "group_id": make_group().pk,
        "batch_id": batch.pk,
        "job_id": Job.objects.create(type="private-offer-emails", state=State.READY).pk,
        "product_id": make_product().pk,
        "promotion_id": make_personalized_promotion().pk,
        "product_group_id": make_product_group().pk,
        "purchase_id": make_purchase().public_id,
        "altshop": "main",
        "at": "2026-06-15T12:00:00Z",
        "slug": "private-offer-emails",
        "step": "confirm",
        "pk": 1,
    }
    objects = {
        "customers/apikey": issue(name="till", scopes=[], user=superuser, at=now)[0].pk,
        "customers/attributedefinition": make_attribute("city").pk,
        "customers/audience": known["audience_id"],
        "customers/customer": known["customer_id"],
        "customers/customergroup": known["group_id"],
        "customers/user": superuser.pk,
        "auth/group": Group.objects.create(name="role").pk,
        "loyalty/batch": batch.pk,
        "loyalty/personaloffer": make_personal_offer().pk,
        "loyalty/programme": Programme.objects.create().pk,
        "offers/altshop": offer.altshops.get().pk,
        "offers/image": offer.picture_id,
        "offers/privateoffer": offer.pk,
        "promotions/category": make_category().pk,
        "promotions/discount": make_discount().pk,
        "promotions/personalizedpromotion": known["promotion_id"],
        "promotions/pointofsale": make_point_of_sale().pk,
        "promotions/product": known["product_id"],
        "promotions/productgroup": known["product_group_id"],
    }

    def filled(route: str) -> str:
        found = re.search(r"/admin/(\w+/\w+)/<path:object_id>", route)
        names = known | ({"object_id": objects[found[1]]} if found else {})
        return re.sub(r"<\w+:(\w+)>", lambda name: str(names.get(name[1], 1)), route)

    routes = {route for route in addresses(get_resolver()) if route.startswith("/admin/")}
    return sorted(filled(route) for route in routes if "(?P" not in route)


def test_staff_without_a_second_factor_only_set_one_up(doors, settings):
    settings.STAFF_MFA_REQUIRED = True
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    answers = {door: client.get(door) for door in doors}
    let_in = {door for door, answer in answers.items() if answer.status_code == 200}
    assert let_in == {
        "/admin/security/",
        "/admin/security/totp/activate/",
        "/admin/security/webauthn/add/",
        "/admin/session/",
    }


@pytest.mark.parametrize(
    "list_",
    [
        "offers/privateoffer",
        *("customers/customer", "customers/customergroup"),
        "imports/job",
        *("promotions/product", "promotions/category"),
    ],
)
@pytest.mark.parametrize("parameter", ["q", "status", "altshop", "after"])
def test_a_nul_in_an_address_is_a_bad_request(list_, parameter):
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    assert client.get(f"/admin/{list_}/?{parameter}=%00").status_code == 400
