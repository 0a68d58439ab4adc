"""Two marketers with the same discount open."""

import pytest

from promotions.models import Discount
from tests.factories import make_audience
from tests.pages import errors, page_text, staff_with
from tests.promotions.admin.discounts.forms import ALL_SEEN, LIST, cards, confirmed, entries
from tests.promotions.factories import make_discount, make_product_set
from tests.races import stopped_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def discount():
    return make_discount(name="Everything", everything=True)


def url(discount):
    return f"{LIST}{discount.pk}/change/"


def state(client, discount):
    return client.get(url(discount)).context["adminform"].form.state


def test_the_second_to_save_is_told_and_may_then_overwrite():
    discount = make_discount(name="Everything", everything=True)
    first, second = staff_with(*ALL_SEEN), staff_with(*ALL_SEEN)
    opened = state(second, discount)
    changed = entries(value="30", state=state(first, discount))
    assert confirmed(first, url(discount), changed).status_code == 302
    answer = second.post(url(discount), entries(value="40", state=opened))
    assert answer.status_code == 200
    assert "Somebody else saved this discount while you were editing it" in page_text(answer)
    assert Discount.objects.get().value == 30
    again = entries(value="40", state=answer.context["adminform"].form.state)
    assert confirmed(second, url(discount), again).status_code == 302
    assert Discount.objects.get().value == 40


@pytest.mark.parametrize("what", ["set", "condition", "target"])
def test_parts_count_as_changes(discount, what):
    client = staff_with(*ALL_SEEN)
    opened = state(client, discount)
    if what == "set":
        make_product_set(discount, everything=True)
    elif what == "condition":
        discount.conditions.create(kind="times", days=[1])
    else:
        discount.items.create(audience=make_audience({"all": []}))
    assert state(client, discount) != opened


def test_what_is_not_changed_is_no_conflict(discount):
    client = staff_with(*ALL_SEEN)
    assert state(client, discount) == state(staff_with(*ALL_SEEN), discount)


def test_a_card_whose_set_was_taken_away_says_so(discount):
    gone = make_product_set(discount, everything=True, gets_discount=True)
    client = staff_with(*ALL_SEEN)
    row = {"id": gone.pk, "name": "A", "contents": "all", "gets_discount": "on"}
    gone.delete()
    sent = entries(action="product_sets", **cards("sets", row, initial=1))
    answer = client.post(url(discount), sent)
    assert answer.status_code == 200, errors(answer)
    assert "Somebody else took this away while you were editing." in page_text(answer)


def test_who_may_only_add_reads_nothing_of_what_others_made(discount):
    discount.items.create(audience=make_audience({"all": []}, name="Debtors"))
    client = staff_with("promotions.view_discount", "promotions.add_discount")
    said = client.post(f"{LIST}words/?discount={discount.pk}", entries()).content.decode()
    assert said == "20% off each unit of any product."


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_the_second_waits_and_is_told():
    discount = make_discount(name="Everything", everything=True)
    first, second = staff_with(*ALL_SEEN), staff_with(*ALL_SEEN)
    opened = state(first, discount)
    answers = stopped_at(
        "SELECT FROM promotions_discount FOR UPDATE",
        lambda: first.post(url(discount), entries(value="30", state=opened)),
        lambda: second.post(url(discount), entries(value="40", state=opened)),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert Discount.objects.get().value == (30 if answers[0].status_code == 302 else 40)
