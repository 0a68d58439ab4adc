"""What imports of lists leave of a person: handed out, erased, and never deleted by the way."""

import json

import pytest

from customers import personal_data
from customers.models import Customer
from promotions.models import ListedProduct
from promotions.personal.selection import choose
from tests.customers.traces import erase
from tests.factories import NOON, make_customer
from tests.imports.runs import imported, undone
from tests.promotions.personal.list_files import SLUG, listed, run, the

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_has_a_list_is_not_deleted_by_undoing_the_import_that_made_them(shop):
    made = imported("customers", b"Email\nnew@example.com\nother@example.com\n")
    run("picks,new@example.com,TEA")
    undone(made)
    assert set(Customer.objects.filter(email__in=["new@example.com", "other@example.com"])) == {
        the("new@example.com")
    }
    assert not the("new@example.com").is_prospect


def test_an_erased_customer_is_on_no_list_and_no_undo_brings_them_back(shop):
    everybody = [make_customer(f"c{number}@example.com") for number in range(3)]
    job = run(*(f"picks,{who.email},{what}" for who in everybody for what in ("CAKE", "TEA")))
    _, who, _ = everybody
    promotion = ListedProduct.objects.first().promotion
    products = [row.product for row in ListedProduct.objects.filter(customer=who)]
    choose(promotion=promotion, customer=who, products=products, at=NOON)
    done = erase(who)
    assert "Products on lists of personalized promotions: 2" in done.notes
    assert len(listed()) == ListedProduct.objects.count() == 4
    assert promotion.choices.count() == 0
    assert not job.undo_records.filter(ids__contains=[who.pk]).exists()
    undone(job)
    assert ListedProduct.objects.count() == 0


def test_what_is_held_on_a_person_has_their_lists_and_choices(shop):
    run("picks,ann@example.com,TEA", "picks,ann@example.com,CAKE", "picks,bob@example.com,TEA")
    ann = the("ann@example.com")
    tea = ListedProduct.objects.get(customer=ann, product__external_id="TEA")
    choose(promotion=tea.promotion, customer=ann, products=[tea.product], at=NOON)
    told = json.loads(personal_data.export(customer=ann, user=None, at=NOON))
    found = told["personalized_promotions"]
    assert {(each["product"], each["chosen"]) for each in found["products"]} == {
        ("TEA", True),
        ("CAKE", False),
    }
    moment = "2026-06-15T12:00:00Z"
    assert found["choices"] == [{"promotion": "picks", "first_saved": moment, "last_saved": moment}]
    assert {each["type"] for each in told["imports"]} == {SLUG}
