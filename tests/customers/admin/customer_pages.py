"""The pages of customers: where they are, whom the list shows, and what the form sends."""

from django.test import Client

LIST = "/admin/customers/customer/"
ALL = [f"customers.{verb}_customer" for verb in ("view", "add", "change")]


def found(client: Client, **parameters: str) -> list[str | None]:
    return [row.email for row in client.get(LIST, parameters).context["cl"].result_list]


def form(**fields: str) -> dict[str, str]:
    empty = dict.fromkeys(
        ("first_name", "last_name", "birth_date", "email", "phone", "external_id"), ""
    )
    return {**empty, **fields}
