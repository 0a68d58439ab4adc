"""What becomes of what another system says: whom it is about, by the rules of imports.

customers/matching.py says the same of the lines of a file; the tests hold both against each
other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from customers.entries import IDENTITIES, Entry, Refusal
from customers.models import Customer

Found = dict[tuple[str, Any], Customer]
"""Everybody concerned, by (name, value) of each identity and of "pk"."""
Addressed = tuple[str, Customer] | None
"""Whom the only entry is about, and by which identity, or "pk", the caller found them."""


REPEATED = Refusal("repeated", "An earlier entry is for the same customer and says something else.")


@dataclass(eq=False)
class Plan:
    """What becomes of one entry."""

    entry: Entry
    customer: Customer
    created: bool = False
    prospect: Customer | None = None
    changed: set[str] = field(default_factory=set)

    @property
    def result(self) -> str:
        if self.created:
            return "created"
        return "updated" if self.changed or self.prospect else "unchanged"


def make_plans(
    entries: Sequence[Entry | Refusal], found: Found, addressed: Addressed
) -> list[Plan | Refusal]:
    """A plan for each entry; one that repeats an earlier one has the same plan."""
    known: dict[Any, Plan] = {}
    return [
        entry if isinstance(entry, Refusal) else _plan(entry, found, known, addressed)
        for entry in entries
    ]


def _plan(
    entry: Entry, found: Found, known: dict[Any, Plan], addressed: Addressed
) -> Plan | Refusal:
    """What the entry asks for, unless an earlier one is for the same customer."""
    try:
        plan = _matched(entry, found, addressed)
    except Refusal as refusal:
        return refusal
    keys = [*entry.identities.items(), *([plan.customer.pk] if plan.customer.pk else [])]
    earlier = [known[key] for key in keys if key in known]
    if earlier:
        same = all(each.entry == entry for each in earlier)
        return earlier[0] if same else REPEATED
    known |= dict.fromkeys(keys, plan)
    return plan


def _matched(entry: Entry, found: Found, addressed: Addressed) -> Plan:
    """Raises Refusal."""
    named = {key[0]: found[key] for key in entry.identities.items() if key in found}
    if addressed:
        if ("pk", addressed[1].pk) not in found:
            raise Refusal("unknown_customer", _("There is no such customer."))
        named = {addressed[0]: found["pk", addressed[1].pk]} | {
            name: each for name, each in named.items() if name != addressed[0]
        }
    elif not entry.identities:
        raise Refusal("no_identity", _("Give an external ID, an e-mail or a phone."))
    prospect = next((each for each in named.values() if each.is_prospect), None)
    customers = [(name, each) for name, each in named.items() if not each.is_prospect]
    if len({each.pk for _name, each in customers}) > 1:
        raise Refusal("different_customers", _("The identities are of different customers."))
    if not customers:
        return Plan(entry, prospect or Customer(), created=True)
    name, customer = customers[0]
    _refuse_moves(entry, customer, name)
    return Plan(entry, customer, prospect=prospect)


def _refuse_moves(entry: Entry, customer: Customer, found_by: str) -> None:
    """A weaker identity never moves a stronger one, and nothing changes an external ID."""
    final = IDENTITIES[: IDENTITIES.index(found_by) + 1] if found_by in IDENTITIES else ()
    for name in {"external_id", *final} & entry.identities.keys():
        stored = getattr(customer, name)
        if stored and stored != entry.identities[name]:
            raise Refusal("other_customer", _("This customer has another external ID or e-mail."))
