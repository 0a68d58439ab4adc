"""The demo's customer groups: testers by their numbers, and one that follows an audience."""

from customers.demo.making import demo_customers
from customers.membership import add
from customers.models import Audience, CustomerGroup

TESTERS, RESIDENTS = "Taste testers", "Sovetsky neighbours"
FOLLOWED = "Residents of Sovetsky district"
MOST_TESTERS = 200


def load_groups() -> CustomerGroup:
    """The testers, a tenth of the first customers with a phone."""
    testers, is_new = CustomerGroup.objects.get_or_create(title=TESTERS)
    if is_new:
        phones = demo_customers().exclude(phone=None).order_by("pk").values_list("phone", flat=True)
        add(group=testers, numbers=[str(phone) for phone in phones[: MOST_TESTERS * 10 : 10]])
    CustomerGroup.objects.get_or_create(
        title=RESIDENTS,
        type=CustomerGroup.Type.AUDIENCE,
        audience=Audience.objects.get(name=FOLLOWED),
    )
    return testers
