import pytest

from tests.factories import make_customer
from tests.promotions.factories import make_personalized_promotion, make_product


@pytest.fixture
def shop(transactional_db: None) -> None:
    """Two promotions, two consumers, an employee, somebody without an account; two products."""
    make_personalized_promotion(backend_id="picks")
    make_personalized_promotion(backend_id="staff", users="employees")
    make_customer("ann@example.com", phone="48600100200", external_id="C-1")
    make_customer("bob@example.com", employee=False)
    make_customer("eve@example.com", employee=True, external_id="C-3")
    make_customer("waits@example.com", is_prospect=True)
    make_product(external_id="CAKE", barcodes=["5901234123457"])
    make_product(external_id="TEA")
