"""Who is assigned to which offer, and all that an import of e-mails can change."""

from customers.models import Customer
from offers.models import Assignment, PrivateOffer


def assigned() -> set[tuple[str, str]]:
    return set(Assignment.objects.values_list("customer__email", "offer__name"))


def everything() -> tuple[object, ...]:
    return (
        assigned(),
        set(Customer.objects.values_list("email", "is_prospect")),
        set(PrivateOffer.objects.values_list("name", "assigned_count")),
    )


def stored_and_counted() -> dict[str, tuple[int, int]]:
    return {
        offer.name: (Assignment.objects.filter(offer=offer).count(), offer.assigned_count)
        for offer in PrivateOffer.objects.all()
    }
