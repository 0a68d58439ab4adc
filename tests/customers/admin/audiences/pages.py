"""Who looks at the pages of audiences, what they send, and what there is to see."""

import datetime as dt
import json

from tests.factories import make_customer, make_group, make_staff
from tests.pages import signed_in

LIST = "/admin/customers/audience/"
FIGURE = ".au-figure strong"
"""Where a browser shows how many."""
FEBRUARY = {"all": [{"field": "birth_date", "is": "month_in", "value": [2]}]}
MARCH = {"all": [{"field": "birth_date", "is": "month_in", "value": [3]}]}


def of_staff(*verbs, customers=False):
    names = [f"customers.{verb}_audience" for verb in verbs]
    return signed_in(make_staff(*names, *(["customers.view_customer"] if customers else [])))


def born(month, **fields):
    return make_customer(birth_date=dt.date(1990, month, 10), **fields)


def form(conditions, **fields):
    return {"name": "Cakes", "description": "", "conditions": json.dumps(conditions), **fields}


def count(client, conditions, **fields):
    sent = {"conditions": json.dumps(conditions), **fields}
    return client.post(f"{LIST}count/", sent)


def follow(audience, title="Followers"):
    return make_group(title=title, type="audience", audience=audience)
