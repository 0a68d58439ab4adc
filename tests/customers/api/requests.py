"""Requests to the API of customers, and what is to be read from its answers."""

from django.test import Client

from customers.keys import Scope

RIGHTS = tuple(f"customers.{verb}_customer" for verb in ("view", "add", "change"))
BOTH = (Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE)
PATH = "/api/v1/customers"
ANN = {
    "external_id": "C-1",
    "email": " Ann@Example.com",
    "phone": "+48 600 100 200",
    "first_name": "Ann",
    "birth_date": "1990-02-14",
    "attributes": {"district": "Sovetsky", "size": 38.5, "cars": ["Fiat", "Audi"]},
}


def send(client: Client, key, method: str, path: str, body, **headers: str):
    call = getattr(client, method)
    return call(PATH + path, body, content_type="application/json", headers={**key, **headers})


def told(answer) -> tuple[int, object]:
    body = answer.json()
    return answer.status_code, body.get("result") or body.get("code")


def read(client: Client, key, customer: str):
    return client.get(f"{PATH}/{customer}", headers=key)
