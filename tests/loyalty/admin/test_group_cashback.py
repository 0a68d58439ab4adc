"""Confirming gives cashback to a whole group, once, and it can be undone (D12–D14, D17)."""

import pytest
from django.contrib.auth import get_user

from imports import worker
from imports.models import Job
from loyalty.models import Batch, Entry
from tests.loyalty.admin.cashback import asked, confirm, figures, group_of, have, of_group, words

# The worker tells its progress over a connection of its own.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("mode", "amount", "after"),
    [
        ("relative", "2,5", ["7.50", "22.50", "2.50"]),
        ("relative", "-7", ["0", "13.00", "0"]),
        ("absolute", "3", ["3.00", "3.00", "3.00"]),
        ("absolute", "0", ["0", "0", "0"]),
    ],
)
def test_confirming_posts_an_entry_for_each_member_D12_D13_D14_D17(marketer, mode, amount, after):
    group, members = group_of("5", "20", "0")
    batch = confirm(marketer, group, asked(amount, mode))
    assert have(members) == after
    assert Entry.objects.filter(batch_id=batch.pk).count() == 3
    page = marketer.get(f"/admin/loyalty/batch/{batch.pk}/change/")
    assert figures(page)["Customers"] == "3"


def test_sent_fifty_times_it_is_one_batch_D17(marketer):
    group, members = group_of("5")
    given = {**asked("2"), "confirm": "1"}
    pages = {marketer.post(of_group(group), given)["Location"] for _ in range(50)}
    assert len(pages) == Batch.objects.count() == Job.objects.count() == 1
    worker.apply(Job.objects.get().pk)
    assert have(members) == ["7.00"]


def test_the_same_form_with_another_amount_is_refused(marketer):
    group, _members = group_of("5")
    given = {**asked("2"), "confirm": "1"}
    marketer.post(of_group(group), given)
    answer = marketer.post(of_group(group), {**given, "amount": "3"})
    assert "This form was saved before, with other values." in words(answer)
    assert Batch.objects.count() == 1


def test_a_batch_is_undone_by_entries_and_once_only(marketer):
    group, members = group_of("5", "20")
    batch = confirm(marketer, group, asked("-7"))
    address = f"/admin/loyalty/batch/{batch.pk}/undo/"
    assert "Undo this batch" in words(marketer.get(address))
    assert have(members) == ["0", "13.00"]
    for _ in range(2):
        marketer.post(address)
    worker.undo(batch.job_id)
    assert have(members) == ["5.00", "20.00"]
    assert Entry.objects.filter(batch_id=batch.undone_by.pk).count() == 2
    assert batch.undone_by.created_by == get_user(marketer)
