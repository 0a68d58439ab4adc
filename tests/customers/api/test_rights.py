"""A key does what its scopes and its maker may, and no more."""

import pytest

from customers.keys import Scope
from customers.models import Customer
from tests.api_keys import key_of
from tests.customers.api.requests import BOTH, PATH, RIGHTS, send
from tests.factories import make_customer, make_staff

pytestmark = pytest.mark.django_db


def test_keys_do_what_their_scopes_and_makers_may(client, key):
    ann = make_customer("ann@example.com")
    reader = key_of(make_staff(*RIGHTS), Scope.CUSTOMERS_READ)
    writer = key_of(make_staff(*RIGHTS), Scope.CUSTOMERS_WRITE)
    nobody = key_of(make_staff(), *BOTH)
    reads = [PATH, f"{PATH}/id:{ann.pk}", "/api/v1/attributes"]
    writes = [
        ("post", "", {"email": "ann@example.com", "first_name": "X"}),
        ("post", "", {"email": "new@example.com"}),
        ("patch", f"/id:{ann.pk}", {"first_name": "X"}),
    ]
    for headers, code in (({}, 401), (writer, 403), (nobody, 403)):
        assert [client.get(path, headers=headers).status_code for path in reads] == [code] * 3
    for headers, code in (({}, 401), (reader, 403), (nobody, 403)):
        answers = [send(client, headers, *write).status_code for write in writes]
        batch = {"customers": [{"email": "new@example.com"}]}
        answer = send(client, headers, "post", "/batch", batch)
        refused = [result["code"] for result in answer.json().get("results", [])]
        assert answers == [code] * 3
        assert answer.status_code == code or refused == ["permission"]
    adder = key_of(make_staff("customers.add_customer"), *BOTH)
    changer = key_of(make_staff("customers.change_customer"), *BOTH)
    allowed = [
        [send(client, maker, *write).status_code for write in writes] for maker in (adder, changer)
    ]
    assert allowed == [[403, 201, 403], [200, 200, 200]]
    assert Customer.objects.count() == 2
