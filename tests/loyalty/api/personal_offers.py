"""Asking for a customer's personal offers, shared by their tests."""

from tests.factories import NOON

AT = NOON.isoformat()


def offers(asking, customer, **query):
    answer = asking("get", f"id:{customer.pk}/personal-offers", data={"at": AT, **query})
    assert answer.status_code == 200, answer.content
    return answer.json()


def titles(asking, customer, **query):
    return [each["title"] for each in offers(asking, customer, **query)["items"]]
