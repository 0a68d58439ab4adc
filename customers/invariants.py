"""What must always be true of customers, groups and audiences."""

from django.utils.translation import gettext_lazy as _

from customers.verification import Invariant, state


def _counted(table: str, members: str, column: str, condition: str) -> str:
    return (
        f"SELECT owner.id AS {column}, owner.members_count, count(member.customer_id) AS members"
        f" FROM {table} AS owner LEFT JOIN {members} AS member ON member.{column} = owner.id"
        f" WHERE {condition} GROUP BY owner.id"
        " HAVING owner.members_count <> count(member.customer_id)"
    )


state(
    Invariant(
        "customers.group-count",
        _("A group's users count is the number of its members."),
        _counted("customers_customergroup", "customers_groupmember", "group_id", "true"),
    ),
    Invariant(
        "customers.audience-count",
        _("The count of a fixed audience is the number of its members."),
        _counted(
            "customers_audience", "customers_audiencemember", "audience_id", "kind = 'static'"
        ),
    ),
    Invariant(
        "customers.members-are-customers",
        _("Nobody who only has an address is in a group or a fixed audience."),
        "SELECT member.customer_id, member.kind, member.owner FROM ("
        "SELECT customer_id, 'group' AS kind, group_id AS owner FROM customers_groupmember"
        " UNION ALL SELECT customer_id, 'audience', audience_id FROM customers_audiencemember"
        ") AS member JOIN customers_customer AS customer ON customer.id = member.customer_id"
        " WHERE customer.is_prospect",
    ),
    Invariant(
        "customers.audience-groups-have-no-list",
        _("A group that follows an audience has no members of its own."),
        "SELECT member.group_id, count(*) AS members FROM customers_groupmember AS member"
        " JOIN customers_customergroup AS own ON own.id = member.group_id"
        " WHERE own.type <> 'phones' GROUP BY 1",
    ),
    Invariant(
        "customers.attributes-are-defined",
        _("Nobody has a value of an attribute that does not exist."),
        "SELECT customer.id AS customer_id, key FROM customers_customer AS customer,"
        " jsonb_object_keys(customer.attributes) AS key"
        " WHERE NOT EXISTS (SELECT FROM customers_attributedefinition AS defined"
        " WHERE defined.key = key.key)",
    ),
)
