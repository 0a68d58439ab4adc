"""Writing down who changed which customers; customers/admin/history.py shows it."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.contrib.auth.models import AnonymousUser

from customers.models import CustomerChange, User


def note(
    changed: Mapping[int, Collection[str]],
    *,
    user: User | AnonymousUser | None,
    way: CustomerChange.Way,
    at: dt.datetime,
    created: Collection[int] = (),
) -> None:
    """Note which fields of which customers (by id) were changed. One query, however many.

    `created` are the ids of those that did not exist before. To be called in the transaction
    that changes them. Who changed nothing is not noted.
    """
    CustomerChange.objects.bulk_create(
        CustomerChange(
            customer_id=number,
            at=at,
            user=user if isinstance(user, User) else None,
            way=way,
            created=number in created,
            fields=sorted(fields),
        )
        for number, fields in changed.items()
        if fields or number in created
    )
