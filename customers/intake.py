"""Customers added and changed by other systems, a thousand at a time.

What one entry can't have, the others still get.
"""

import datetime as dt
from collections.abc import Sequence

import psycopg
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from customers.attributes.fields import Field
from customers.attributes.values import set_values, values_of
from customers.entries import IDENTITIES, Entry, Refusal
from customers.history import note
from customers.models import Customer, CustomerChange, User
from customers.models.attributes import STANDARD
from customers.plans import Addressed, Found, Plan, make_plans
from customers.takeover import hold, take_over_held

FIELDS = (*IDENTITIES, "first_name", "last_name", "birth_date")
SAVED = (*FIELDS, *STANDARD, "attributes", "is_prospect")
MOST_TRIES = 3
LONGEST_WAIT = "5s"
FORBIDDEN = Refusal("permission", "Whoever made this key may not do this.")


def take(
    entries: Sequence[Entry | Refusal],
    attributes: dict[str, Field],
    *,
    user: User,
    at: dt.datetime,
    addressed: Addressed = None,
) -> list[Plan | Refusal]:
    """Add or change the customers of all entries; what became of each, in their order.

    `user` is who needs the permissions. An only entry may be about the `addressed` customer,
    found by that identity or "pk". The number of queries doesn't grow with the entries. Raises
    Refusal if an import holds all customers for longer than five seconds.
    """
    for _try in range(MOST_TRIES):
        try:
            with transaction.atomic():
                return _taken(entries, attributes, user, at, addressed)
        except IntegrityError:
            pass  # somebody else has just added one of them
        except OperationalError as error:
            if isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
                break
            if not isinstance(error.__cause__, psycopg.errors.DeadlockDetected):
                raise
    raise Refusal("busy", _("Customers are being imported at the moment. Try again later."))


def _taken(
    entries: Sequence[Entry | Refusal],
    attributes: dict[str, Field],
    user: User,
    at: dt.datetime,
    addressed: Addressed,
) -> list[Plan | Refusal]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
    good = [entry for entry in entries if isinstance(entry, Entry)]
    found = _locked(good, addressed)
    plans = make_plans(entries, found, addressed)
    _hold_prospects(plans)
    may = {True: user.has_perm("customers.add_customer")}
    may[False] = user.has_perm("customers.change_customer")
    plans = [_allowed(plan, may) for plan in plans]
    _apply([plan for plan in dict.fromkeys(plans) if isinstance(plan, Plan)], attributes, user, at)
    return plans


def _locked(entries: Sequence[Entry], addressed: Addressed) -> Found:
    """Everybody whom the entries name, by each identity. One query."""
    wanted = Q(pk=addressed[1].pk) if addressed else Q(pk__in=[])
    for name in IDENTITIES:
        if told := {e.identities[name] for e in entries if name in e.identities}:
            wanted |= Q(**{f"{name}__in": told})
    customers = Customer.objects.filter(wanted).order_by("pk").select_for_update()
    return {
        (name, value): customer
        for customer in customers
        for name in ("pk", *IDENTITIES)
        if (value := getattr(customer, name)) is not None
    }


def _hold_prospects(plans: list[Plan | Refusal]) -> None:
    """Refuse those who can't take over now."""
    taken = [plan for plan in plans if isinstance(plan, Plan) and plan.prospect]
    if not taken:
        return
    try:
        hold([plan.prospect for plan in taken if plan.prospect])
    except ValidationError as error:
        refusal = Refusal(getattr(error, "code", None) or "unique", error.messages[0])
        for place, plan in enumerate(plans):
            if plan in taken:
                plans[place] = refusal


def _allowed(plan: Plan | Refusal, may: dict[bool, bool]) -> Plan | Refusal:
    return plan if isinstance(plan, Refusal) or may[plan.created] else FORBIDDEN


def _apply(
    plans: Sequence[Plan], attributes: dict[str, Field], user: User, at: dt.datetime
) -> None:
    for plan in plans:
        _write_into(plan, attributes)
    take_over_held([(plan.prospect, plan.customer) for plan in plans if plan.prospect])
    new = [plan.customer for plan in plans if plan.customer.pk is None]
    old = [p.customer for p in plans if p.customer.pk and p.result != "unchanged"]
    Customer.objects.bulk_create(
        old, update_conflicts=True, unique_fields=["id"], update_fields=SAVED
    )
    # Sorted, so that two who add the same customers wait for each other.
    Customer.objects.bulk_create(sorted(new, key=_sort_key))
    note(
        {plan.customer.pk: plan.changed for plan in plans},
        user=user,
        way=CustomerChange.Way.API,
        at=at,
        created={plan.customer.pk for plan in plans if plan.created},
    )


def _sort_key(customer: Customer) -> tuple[str, ...]:
    return tuple(getattr(customer, name) or "" for name in IDENTITIES)


def _write_into(plan: Plan, attributes: dict[str, Field]) -> None:
    customer, entry = plan.customer, plan.entry
    for name, value in entry.fields.items():
        # A name that nobody knows is empty, an identity or a date NULL.
        if (getattr(customer, name) or None) != (value or None):
            setattr(customer, name, value)
            plan.changed.add(name)
    before = values_of(customer, (attributes[key] for key in entry.values))
    changed = {key: value for key, value in entry.values.items() if value != before.get(key)}
    set_values(customer, changed)
    plan.changed |= changed.keys()
    customer.is_prospect = False
