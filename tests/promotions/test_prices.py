from decimal import Decimal

import pytest

from promotions.prices import decimals, plain


@pytest.mark.parametrize(
    ("price", "most", "written"),
    [
        ("0", 0, "0.00"),
        ("0.000", 0, "0.00"),
        ("2", 0, "2.00"),
        ("12.5", 1, "12.50"),
        ("12.340", 2, "12.34"),
        ("0.125", 3, "0.125"),
        ("1E+3", 0, "1000.00"),
        ("99999999999.999", 3, "99999999999.999"),
    ],
)
def test_a_price_has_cents_and_more_only_where_there_are_more(price, most, written):
    assert (decimals(Decimal(price)), plain(Decimal(price))) == (most, written)
