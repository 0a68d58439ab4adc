"""What every list and form of the back-office is on a phone."""

import pytest

from tests.browsers import PHONE, WIDE, staff_at_work
from tests.factories import make_altshop, make_staff
from tests.promotions.factories import make_product

pytestmark = pytest.mark.django_db(transaction=True)

LABELS = """cells => cells.map(cell => getComputedStyle(cell, "::before"))
    .map(shown => [shown.content, shown.textTransform])"""
FIRST = "#result_list tbody tr:first-child > :first-child"


def test_forms_end_with_save_and_lists_have_labels_with_a_capital(page, live_server):
    make_altshop()
    product = make_product()
    admin = f"{live_server.url}/admin"
    with staff_at_work(page, make_staff(is_superuser=True), live_server.url):
        page.set_viewport_size(PHONE)
        page.goto(f"{admin}/promotions/product/{product.pk}/change/")
        tops = {
            name: page.locator("#submit-row").get_by_text(name, exact=True).bounding_box()["y"]
            for name in ("Delete", "Cancel", "Save")
        }
        assert sorted(tops, key=tops.get) == ["Save", "Cancel", "Delete"]

        page.goto(f"{admin}/offers/altshop/")
        labels = page.eval_on_selector_all("#result_list tbody tr > *", LABELS)
        names = ["Name", "Key", "Host name", "Time zone", "Point of sale", "Default"]
        assert labels == [[f'"{name}"', "none"] for name in names]

        page.set_viewport_size(WIDE)
        page.goto(f"{admin}/promotions/product/")
        padding = page.eval_on_selector(FIRST, "cell => getComputedStyle(cell).paddingLeft")
        assert padding == "12px"
