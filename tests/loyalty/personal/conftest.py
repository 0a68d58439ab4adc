import pytest

from tests.factories import make_customer
from tests.loyalty.factories import Mechanic, make_personal_offer
from tests.promotions.factories import make_category, make_product, make_product_group


@pytest.fixture
def shop(transactional_db: None) -> None:
    """An offer of each mechanic, three customers, and things to name."""
    september = {"start": "2026-09-01T00:00Z", "end": "2026-10-01T00:00Z"}
    make_personal_offer(Mechanic.PRODUCTS, name="bags", **september)
    make_personal_offer(Mechanic.CATEGORIES, name="cosmetics", value=20, **september)
    make_personal_offer(Mechanic.PRODUCT_GROUPS, name="school", preference="points", **september)
    make_personal_offer(Mechanic.RECEIPT_AMOUNT, name="baskets", **september)
    make_personal_offer(name="everybody")
    make_customer("ann@example.com", phone="48600100200", external_id="C-1")
    make_customer("bob@example.com", external_id="C-2")
    make_customer("waits@example.com", is_prospect=True)
    make_product(external_id="HANDBAG", barcodes=["5901234123457"])
    make_product(external_id="PURSE")
    make_category(external_id="MAKEUP")
    make_product_group("All for School")
