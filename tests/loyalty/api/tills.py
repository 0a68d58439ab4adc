"""Ask for a price as tills do, and read the answer."""

from tests.factories import NOON

PATH = "/api/v1/purchases/calculate"


def line(product="SKU", quantity="2", unit_price="10.00", id="1"):
    return {"id": id, "product": product, "quantity": quantity, "unit_price": unit_price}


def basket(*lines, **fields):
    at = NOON.isoformat()
    return {"customer": None, "point_of_sale": "P1", "at": at, "lines": list(lines)} | fields


def ask(client, key, body, query="", **headers):
    return client.post(
        f"{PATH}{query}", body, content_type="application/json", headers=key | headers
    )


def skipped(answer):
    assert answer.status_code == 200, answer.content
    return [(each["offer"]["name"], each["reason"]) for each in answer.json()["skipped"]]
