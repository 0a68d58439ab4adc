"""Offers and groups by their names in any script, by request as by file (L16)."""

import pytest

from customers.models import Customer
from loyalty.models import OfferItems
from loyalty.personal.judging import Sent
from loyalty.personal.uploading import Entry, Mode, Result, upload
from tests.loyalty.factories import Mechanic, make_personal_offer
from tests.loyalty.personal.item_files import run
from tests.promotions.factories import make_product_group

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("name", ["ΠΡΟΣΦΟΡΕΣ", "İNDİRİM", "Straße", "ŁÓDŹ"])
def test_a_name_is_found_as_it_is_written(shop, name):
    ann = Customer.objects.get(external_id="C-1")
    make_personal_offer(Mechanic.PRODUCT_GROUPS, name=name, value=5)
    make_product_group(name)
    entry = Entry(("id", ann.pk), f" {name} ", [Sent(f"{name} ")])
    assert upload([entry], mode=Mode.REPLACE) == [Result.CREATED]
    by_request = OfferItems.objects.values_list("items").get()
    OfferItems.objects.all().delete()
    assert run(f"{name},{ann.email},{name},,,,,,").rejected == 0
    assert OfferItems.objects.values_list("items").get() == by_request
