"""A single customer's cashback is changed at once (D18)."""

import re

import pytest

from loyalty.models import Batch
from tests.loyalty.admin.cashback import asked, group_of, have, of_customer, words

pytestmark = pytest.mark.django_db


def test_a_customer_is_credited_and_debited_at_once_D18(marketer):
    _group, (ann,) = group_of("5")
    given = asked("-7")
    for _ in range(2):
        answer = marketer.post(of_customer(ann), given)
        assert answer["Location"] == f"/admin/customers/customer/{ann.pk}/change/?tab=cashback"
    assert have([ann]) == ["0"]
    page = marketer.get(answer["Location"])
    assert "The balance has changed by −5.00. There was no more to take" in words(page)
    assert re.findall(r'class="lo-number">([−+=][\d.]+)<', page.content.decode()) == [
        "−5.00",
        "+5.00",
    ]
    batch = Batch.objects.get()
    marketer.post(f"/admin/loyalty/batch/{batch.pk}/undo/")
    assert have([ann]) == ["5.00"]
