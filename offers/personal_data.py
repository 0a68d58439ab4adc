import datetime as dt
from typing import Any

from customers.models import Customer
from customers.personal_data import holds
from offers.models import Assignment


@holds("private_offers")
def assigned_offers(customer: Customer, at: dt.datetime) -> list[dict[str, Any]]:
    """One query."""
    assigned = Assignment.objects.filter(customer_id=customer.pk).order_by("offer_id")
    names = {"offer__name": "system_name", "offer__visible_name": "name"}
    times = {"offer__start": "visible_from", "offer__end": "visible_until"}
    columns = {"offer_id": "id", **names, **times}
    return [dict(zip(columns.values(), row, strict=True)) for row in assigned.values_list(*columns)]
