import datetime as dt
from typing import Any

from customers.models import Customer
from customers.personal_data import holds
from loyalty.ledger import balance_of, history


@holds("cashback")
def cashback(customer: Customer, at: dt.datetime) -> dict[str, Any]:
    """Two queries."""
    columns = ("at", "purpose", "amount", "comment")
    entries = [
        dict(zip(columns, row, strict=True)) for row in history(customer.pk).values_list(*columns)
    ]
    return {"balance": balance_of(customer.pk, at=at), "entries": entries}
