"""Say what was bought as tills do, and read the answer."""

from tests.loyalty.api.tills import basket, line

PURCHASES = "/api/v1/purchases"
EVENTS = "/api/v1/events"


def post(client, key, path, body, **headers):
    return client.post(path, body, content_type="application/json", headers=key | headers)


def confirm(client, key, receipt="R1", *lines, **fields):
    body = basket(*(lines or (line(),)), receipt=receipt, **fields)
    return post(client, key, PURCHASES, body)


def cancel(client, key, receipt="R1", body=None):
    path = f"{PURCHASES}/{receipt}/cancel"
    if body is None:
        return client.generic("POST", path, headers=key)
    return post(client, key, path, body)


def give_back(client, key, receipt="R1", **body):
    return post(client, key, f"{PURCHASES}/{receipt}/returns", {"lines": None, **body})


def said(answer):
    return answer.status_code, answer.json().get("code")
