"""What must be true of private offers (T26, T27)."""

from django.utils.translation import gettext_lazy as _

from customers.verification import Invariant, register

register(
    Invariant(
        "assigned-counts",
        _("An offer's count of e-mails is that of its assignments"),
        _("The worker puts this right each night at four. See that one runs."),
        """
        SELECT id AS offer, name, assigned_count AS count, coalesce(number, 0) AS assigned
        FROM offers_privateoffer LEFT JOIN (
            SELECT offer_id AS id, count(*) AS number FROM offers_assignment GROUP BY 1
        ) AS counted USING (id)
        WHERE assigned_count <> coalesce(number, 0)
        """,
    ),
    Invariant(
        "public-offers-take-no-emails",
        _("No e-mail is assigned to a public offer"),
        _("It has no effect: everybody sees the offer. Delete the e-mails."),
        "SELECT offer_id AS offer, count(*) AS assigned FROM offers_assignment"
        " JOIN offers_privateoffer AS o ON o.id = offer_id WHERE is_public GROUP BY 1",
    ),
)
