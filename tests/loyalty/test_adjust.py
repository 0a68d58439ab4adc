"""One customer credited or debited by hand (D18), by the same rules as a group (D12–D17)."""

import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from loyalty.batches import adjust
from loyalty.expiry import expire_due
from loyalty.ledger import balance_of, credit
from loyalty.models import Batch, Entry
from loyalty.reversal import undo
from tests.factories import DAY, NOON, make_customer, make_staff
from tests.loyalty.ledgers import (
    adjusted,
    assert_adds_up,
    customers_with,
    entries,
    figures,
    lots,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("mode", "amount", "entry", "shortfall"),
    [
        ("relative", "2.50", ("issued", "2.50"), 0),
        ("relative", "-4", ("adjusted", -4), 0),
        ("relative", "-10", ("adjusted", -10), 0),
        ("relative", "-10.01", ("adjusted", -10), "0.01"),
        ("absolute", "12", ("adjusted", 2), 0),
        ("absolute", "7", ("adjusted", -3), 0),
        ("absolute", "0", ("adjusted", -10), 0),
        ("absolute", "10", ("adjusted", 0), 0),
    ],
)
def test_every_way_makes_one_entry_and_one_batch_D12_D13_D17_D18(mode, amount, entry, shortfall):
    (ann,) = customers_with(10)
    batch = adjusted(ann, amount, mode)
    purpose, changed = entry[0], Decimal(entry[1])
    assert entries(ann) == [("issued", 10), (purpose, changed)]
    assert balance_of(ann.pk, at=NOON) == 10 + changed
    assert figures(batch) == (1, int(changed != 0), changed, Decimal(shortfall))
    assert Entry.objects.filter(batch_id=batch.pk).count() == 1
    assert_adds_up()


def test_what_has_expired_does_not_count_as_balance_D13():
    ann = make_customer()
    adjusted(ann, 5, expires_at=NOON + DAY)
    adjusted(ann, 3, "absolute", at=NOON + DAY)
    assert (entries(ann)[-1], balance_of(ann.pk, at=NOON + DAY)) == (("adjusted", 3), 3)
    expire_due(NOON + DAY)
    assert balance_of(ann.pk, at=NOON + DAY) == 3
    assert_adds_up()


def test_the_same_form_sent_twice_is_one_batch_D17():
    (ann,) = customers_with(10)
    user, token = make_staff(), uuid.uuid4()
    request = {"customer": ann, "mode": "relative", "amount": Decimal(1), "comment": "Sorry"}
    first, second = (adjust(**request, user=user, token=token, at=NOON) for _ in range(2))
    assert first == second
    assert entries(ann) == [("issued", 10), ("issued", 1)]
    for other in ({"amount": Decimal(2)}, {"comment": "Else"}, {"customer": make_customer()}):
        with pytest.raises(ValidationError) as refused:
            adjust(**{**request, **other}, user=user, token=token, at=NOON)
        assert refused.value.code == "token_used"
    assert Batch.objects.count() == 1


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_kept_D14_D15():
    (ann,) = customers_with(10)
    with pytest.raises(ValidationError) as refused:
        adjusted(ann, 0, comment=" ")
    assert set(refused.value.message_dict) == {"amount", "comment"}
    with pytest.raises(ValidationError) as refused:
        adjusted(ann, 1, expires_at=NOON)
    assert set(refused.value.message_dict) == {"expires_at"}
    with pytest.raises(ValidationError) as refused:
        adjusted(ann, 1, "else")
    assert set(refused.value.message_dict) == {"mode"}
    assert not Batch.objects.exists()


def test_a_balance_of_more_than_a_credit_may_be_is_written_off_and_back_D13_D17():
    most = Decimal("99999999999999.99")
    ann = make_customer()
    for _ in range(3):
        credit(customer_id=ann.pk, amount=most, at=NOON)
    batch = adjusted(ann, 0, "absolute")
    assert figures(batch) == (1, 1, -3 * most, 0)
    assert figures(undo(batch=batch, user=None, at=NOON)) == (1, 1, 3 * most, 0)
    assert lots(ann) == [(most, most)] * 3
    assert_adds_up()
