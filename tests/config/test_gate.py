"""Who gets through to /admin/, whatever a request says about itself."""

import pytest
from django.test import Client

from tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("script_name", ["", "/x", "/admin", "//"])
def test_no_script_name_leads_past_the_second_factor(settings, script_name):
    settings.STAFF_MFA_REQUIRED = True
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    answer = client.get("/admin/customers/customer/", SCRIPT_NAME=script_name)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/security/")


@pytest.mark.parametrize("script_name", ["", "/x"])
def test_no_script_name_makes_a_customer_known_at_the_back_office(script_name):
    client = Client()
    client.force_login(make_user())
    answer = client.get("/admin/session/", SCRIPT_NAME=script_name)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/?next=")


def test_no_script_name_relaxes_the_policy_of_a_customers_page():
    answer = Client().get("/account/sign-in/", SCRIPT_NAME="/admin")
    assert "unsafe" not in answer["Content-Security-Policy"]
