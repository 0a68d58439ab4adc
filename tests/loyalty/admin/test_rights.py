"""Who may not give cashback does not, nor reads of it on the way."""

import pytest
from django.test import Client
from django.utils import timezone

from loyalty.batches import adjust
from loyalty.models import Batch
from tests.factories import make_staff
from tests.loyalty.admin.cashback import MAY, asked, group_of, have, of_customer, of_group, saved

pytestmark = pytest.mark.django_db


def test_rights_are_checked_below_the_buttons():
    group, (ann,) = group_of("5")
    client = Client()
    client.force_login(make_staff(*[each for each in MAY if each != "loyalty.add_batch"]))
    batch = Batch.objects.create(
        kind="single",
        customer_id=ann.pk,
        mode="relative",
        amount=1,
        comment="x",
        created_at=timezone.now(),
        posted_at=timezone.now(),
    )
    addresses = [of_group(group), of_customer(ann), f"/admin/loyalty/batch/{batch.pk}/undo/"]
    for address in addresses:
        assert client.post(address, {**asked("2"), "confirm": "1"}).status_code == 403
    page = client.get(f"/admin/customers/customergroup/{group.pk}/change/?tab=cashback")
    assert of_group(group) not in page.content.decode()
    page = client.get(f"/admin/loyalty/batch/{batch.pk}/change/").content.decode()
    assert "/undo/" not in page
    client.force_login(make_staff("customers.view_customergroup", "customers.view_customer"))
    for address in (
        f"/admin/customers/customergroup/{group.pk}/change/?tab=cashback",
        f"/admin/customers/customer/{ann.pk}/change/?tab=cashback",
    ):
        assert "Thanks" not in client.get(address).content.decode()
        assert "lo-page" not in client.get(address).content.decode()


@pytest.mark.parametrize("without", ["loyalty.view_batch", "customers.view_"])
def test_who_may_not_see_whom_it_is_for_or_what_came_of_it_posts_nothing(without):
    """Nor do they read names or balances on the way."""
    group, (ann,) = group_of("5")
    client = Client()
    client.force_login(make_staff(*[each for each in MAY if not each.startswith(without)]))
    for address in (of_group(group), of_customer(ann)):
        for answer in (client.get(address), client.post(address, asked("2"))):
            assert answer.status_code == 403
    assert not Batch.objects.exists()


def test_who_may_not_see_batches_does_not_see_one_by_undoing_it():
    _group, (ann,) = group_of("5")
    batch = adjust(customer=ann, user=None, at=timezone.now(), **saved("2"))
    client = Client()
    client.force_login(make_staff("loyalty.add_batch"))
    for send in (client.get, client.post):
        assert send(f"/admin/loyalty/batch/{batch.pk}/undo/").status_code == 403
    assert have([ann]) == ["7.00"]
