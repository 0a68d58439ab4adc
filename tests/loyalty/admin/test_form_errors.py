"""What cannot be is said beside its field, and nothing is posted."""

import pytest

from loyalty.models import Batch
from tests.loyalty.admin.cashback import asked, errors, group_of, have, of_customer, of_group

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "Infinity"}, "amount"),
        ({"amount": "1e400"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "99999999999999"}, "amount"),
        ({"amount": "-1", "mode": "absolute"}, "amount"),
        ({"amount": "ten"}, "amount"),
        ({"mode": "squared"}, "mode"),
        ({"comment": "  "}, "comment"),
        ({"comment": "x" * 501}, "comment"),
        ({"comment": "a\0b"}, "comment"),
        ({"expires_at": "2001-01-01T00:00"}, "expires_at"),
        ({"expires_at": "tomorrow"}, "expires_at"),
        ({"expires_at": "9999-12-31T23:59"}, "expires_at"),
        ({"amount": "-5", "expires_at": "2199-01-01T00:00"}, "expires_at"),
        ({"token": "x"}, "token"),
    ],
)
def test_what_can_not_be_is_said_beside_its_field(marketer, given, field):
    group, members = group_of("5")
    for address in (of_group(group), of_customer(members[0])):
        answer = marketer.post(address, {**asked("2"), **given, "confirm": "1"})
        assert list(errors(answer)) == [field]
    assert have(members) == ["5.00"]
    assert not Batch.objects.exists()
