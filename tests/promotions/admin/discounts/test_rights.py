"""Who may do what with discounts, and who is told which groups and audiences they are for."""

import pytest

from promotions.models import Discount, DiscountItem
from tests.factories import make_audience, make_group
from tests.pages import page_text, staff_with
from tests.promotions.admin.discounts.forms import (
    ADD,
    ALL_SEEN,
    EDITOR,
    GROUPS_SEEN,
    LIST,
    cards,
    confirmed,
    entries,
)
from tests.promotions.factories import make_discount

pytestmark = pytest.mark.django_db
SECRETS = ("Pregnant", "Debtors")


@pytest.fixture
def discount():
    """For a group and an audience, and on condition of others."""
    discount = make_discount(name="Everything", everything=True)
    group, audience = make_group(title="Debtors"), make_audience({"all": []}, name="Pregnant")
    DiscountItem.objects.create(discount=discount, audience=audience)
    DiscountItem.objects.create(discount=discount, customer_group=group)
    condition = discount.conditions.create(kind="audiences")
    DiscountItem.objects.create(discount=discount, condition=condition, audience=audience)
    return discount


def url(discount, page="change"):
    return f"{LIST}{discount.pk}/{page}/"


def test_who_may_only_look_reads_it_in_plain_words(discount):
    viewer = staff_with("promotions.view_discount")
    said = page_text(viewer.get(url(discount)))
    assert "50% off each unit of any product" in said
    assert "Save" not in said
    assert viewer.post(url(discount), entries()).status_code == 403
    assert viewer.get(ADD).status_code == 403
    assert viewer.post(url(discount, "delete")).status_code == 403


@pytest.mark.parametrize("page", ["change", "delete", "history"])
@pytest.mark.parametrize("verb", ["view_discount", "change_discount", "delete_discount"])
def test_no_page_names_what_the_user_may_not_see(discount, page, verb):
    client = staff_with("promotions.view_discount", f"promotions.{verb}")
    body = client.get(url(discount, page)).content.decode()
    assert [secret for secret in SECRETS if secret in body] == []


def test_saving_keeps_what_the_user_may_not_see(discount):
    client = staff_with(*EDITOR)
    page = page_text(client.get(url(discount)))
    assert "1 group (you may not see which): saving keeps it." in page
    assert "There are conditions on groups or audiences that you may not see" in page
    before = set(discount.items.values_list("pk", flat=True))
    assert confirmed(client, url(discount), entries(value="30")).status_code == 302
    assert Discount.objects.get().value == 30
    assert set(discount.items.values_list("pk", flat=True)) == before
    assert discount.conditions.count() == 1


def test_who_may_not_see_them_can_neither_add_nor_take_away_targets(discount):
    client = staff_with(*EDITOR, *GROUPS_SEEN)
    other = make_audience(name="Rich")
    sent = entries(
        for_audiences=[other.pk],
        for_groups=[],
        **cards("conditions", {"kind": "audiences", "audiences": [other.pk]}),
    )
    answer = client.post(url(discount), sent)
    assert answer.status_code == 200  # no such kind of condition
    sent = entries(for_audiences=[other.pk], for_groups=[])
    assert confirmed(client, url(discount), sent).status_code == 302
    own = discount.items.filter(condition=None)
    assert [item.audience.name for item in own] == ["Pregnant"]


def test_the_sentence_of_the_form_tells_no_names_either(discount):
    said = staff_with(*EDITOR).post(f"{LIST}words/?discount={discount.pk}", entries())
    assert said.content.decode() == (
        "20% off each unit of any product; for 1 audience; for 1 customer group or 1 audience."
    )
    named = staff_with(*ALL_SEEN).post(
        f"{LIST}words/",
        entries(for_groups=[discount.items.get(customer_group__isnull=False).customer_group_id]),
    )
    assert named.content.decode() == (
        "20% off each unit of any product; for customer group Debtors."
    )


@pytest.mark.parametrize("page", ["goods/?q=a", "words/"])
def test_only_who_may_edit_is_answered_while_typing(page):
    viewer = staff_with("promotions.view_discount")
    assert viewer.get(f"{LIST}{page}").status_code in (403, 405)
    assert viewer.post(f"{LIST}{page}").status_code == 403
