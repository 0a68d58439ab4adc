"""The pages of customer groups, who may use them, and what came of it."""

from django.contrib.messages import get_messages

from customers.models import CustomerGroup
from tests.factories import NOON, make_audience, make_group

LIST = "/admin/customers/customergroup/"
ADD = f"{LIST}add/"
NAMES = ("view_customergroup", "add_customergroup", "change_customergroup", "change_members")
ALL = [f"customers.{name}" for name in (*NAMES, "view_customer", "view_audience")]
ANN, BOB = "48600100200", "48600100201"


def members(group: CustomerGroup) -> set[str | None]:
    return set(group.members.values_list("customer__phone", flat=True))


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def follower(title: str, **fields) -> CustomerGroup:
    counted = {"members_count": 7, "counted_at": NOON}
    audience = make_audience({"all": []}, **{"name": f"of {title}", **counted, **fields})
    return make_group(title=title, type=CustomerGroup.Type.AUDIENCE, audience=audience)
