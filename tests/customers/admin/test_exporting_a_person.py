"""The file of everything held on a person is for who may see customers, too."""

import pytest

from imports.models import Export
from tests.factories import make_customer, make_staff
from tests.pages import page_text, signed_in

LIST = "/admin/customers/customer/"
NAMES = ["view_customer", "change_customer", "export_personal_data", "erase_customer"]


@pytest.mark.django_db
@pytest.mark.parametrize("lacking", ["view_customer", "export_personal_data"])
def test_it_needs_both_rights_below_the_button_too(lacking):
    customer = make_customer("ann@example.com")
    rights = [f"customers.{name}" for name in NAMES if name != lacking]
    client = signed_in(make_staff(*rights))
    assert client.post(f"{LIST}{customer.pk}/personal-data/").status_code == 403
    page = page_text(client.get(f"{LIST}{customer.pk}/change/"))
    assert "Erase" in page
    assert "Export personal data" not in page
    assert "export it first" not in page_text(client.get(f"{LIST}{customer.pk}/erase/"))
    assert not Export.objects.exists()
