"""What must always be true of private offers and whom they are for."""

from django.utils.translation import gettext_lazy as _

from customers.verification import Invariant, state

state(
    Invariant(
        "offers.assigned-count",
        _("An offer's number of assigned e-mails is the number of its assignments."),
        "SELECT offer.id AS offer_id, offer.assigned_count, coalesce(number, 0) AS assignments"
        " FROM offers_privateoffer AS offer LEFT JOIN ("
        "SELECT offer_id, count(*) AS number FROM offers_assignment GROUP BY 1"
        ") AS counted ON counted.offer_id = offer.id"
        " WHERE offer.assigned_count <> coalesce(number, 0)",
    ),
    Invariant(
        "offers.public-is-for-all",
        _("A public offer has no e-mails, groups or audiences (T26)."),
        "SELECT offer.id AS offer_id, target.kind FROM offers_privateoffer AS offer JOIN ("
        "SELECT DISTINCT offer_id, 'e-mails' AS kind FROM offers_assignment"
        " UNION ALL SELECT offer_id, 'groups' FROM offers_privateoffergroup"
        " UNION ALL SELECT offer_id, 'audiences' FROM offers_privateofferaudience"
        ") AS target ON target.offer_id = offer.id WHERE offer.is_public",
    ),
    Invariant(
        "offers.end-after-start",
        _("An offer ends after it starts (T22)."),
        'SELECT id AS offer_id, start, "end" FROM offers_privateoffer WHERE "end" <= start',
    ),
)
