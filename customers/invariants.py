"""What must be true of groups and fixed audiences (D2, D3)."""

from django.utils.translation import gettext_lazy as _

from customers.verification import Invariant, register

register(
    Invariant(
        "group-counts",
        _("A group's count is that of its members"),
        _("Lists show a wrong number. Adding or removing a member does not put it right."),
        """
        SELECT id AS group, title, members_count AS count, coalesce(number, 0) AS members
        FROM customers_customergroup AS g LEFT JOIN (
            SELECT group_id AS id, count(*) AS number FROM customers_groupmember GROUP BY 1
        ) AS counted USING (id)
        WHERE type = 'phones' AND members_count <> coalesce(number, 0)
        """,
    ),
    Invariant(
        "fixed-audience-counts",
        _("A fixed audience's count is that of its members"),
        _("Lists show a wrong number."),
        """
        SELECT id AS audience, name, members_count AS count, coalesce(number, 0) AS members
        FROM customers_audience AS a LEFT JOIN (
            SELECT audience_id AS id, count(*) AS number FROM customers_audiencemember GROUP BY 1
        ) AS counted USING (id)
        WHERE kind = 'static' AND members_count <> coalesce(number, 0)
        """,
    ),
    Invariant(
        "members-are-customers",
        _("Nobody is in a group or a fixed audience who has not signed up"),
        _("Addresses that wait for their owner belong to no group. Remove them."),
        """
        SELECT customer_id, 'group' AS of, group_id AS id FROM customers_groupmember
        WHERE customer_id IN (SELECT id FROM customers_customer WHERE is_prospect)
        UNION ALL
        SELECT customer_id, 'audience', audience_id FROM customers_audiencemember
        WHERE customer_id IN (SELECT id FROM customers_customer WHERE is_prospect)
        """,
    ),
    Invariant(
        "groups-by-audience-have-no-list",
        _("A group that follows an audience has no members of its own"),
        _("They would never be looked at. Remove them."),
        "SELECT group_id AS group, count(*) AS members FROM customers_groupmember"
        " JOIN customers_customergroup AS g ON g.id = group_id WHERE type = 'audience' GROUP BY 1",
    ),
)
