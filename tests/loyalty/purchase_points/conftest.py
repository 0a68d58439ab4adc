"""Every test of a purchase's points ends with a ledger that adds up."""

import pytest

from customers.verification import stated, verify
from tests.factories import NOON
from tests.loyalty.ledgers import assert_adds_up


@pytest.fixture(autouse=True)
def adds_up():
    yield
    assert_adds_up()
    findings = verify([each for each in stated() if each.name.startswith("loyalty.")], at=NOON)
    assert [each.invariant.name for each in findings if not each.holds] == []
