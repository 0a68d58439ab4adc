"""The account: customers see and change their own things, and nobody else's.

What is addressed is Ann's. Staff may look at the account, where nothing is theirs.
"""

from typing import Any

TABLE = """
/account/                          anon ann  ben  none super
GET        offers/                 sign ok   ok   ok   ok
POST       offers/                 405  405  405  405  405
GET        promotions/             sign ok   ok   ok   ok
POST       promotions/             405  405  405  405  405
GET        promotions/<promotion>/ sign ok   ok   ok   ok    → .promotions/
POST       promotions/<promotion>/ sign ok   422  404  404   → .promotions/#promotion-<promotion>
GET        personal-offers/        sign ok   ok   ok   ok
POST       personal-offers/        405  405  405  405  405
GET        personal-offers/<personal_offer>/ sign ok ok ok ok
    → .personal-offers/?offer=<personal_offer>#offer-<personal_offer>
POST       personal-offers/<personal_offer>/ sign ok 404 404 404
    → .personal-offers/?offer=<personal_offer>#offer-<personal_offer>
GET        purchases/              sign ok   ok   ok   ok
POST       purchases/              405  405  405  405  405
GET        purchases/<purchase>/   sign ok   404  404  404
POST       purchases/<purchase>/   405  405  405  405  405
GET        cashback/               sign ok   ok   ok   ok
POST       cashback/               405  405  405  405  405
GET,POST?  language/               ok   ok   ok   ok   ok    → /

GET        sign-in/                ok   home home home home
POST?      sign-in/                ok   home home home home
GET,POST?  sign-in/code/           sign home home home home
GET        sign-out/               sign ok   ok   ok   ok
POST?      sign-out/               sign sign sign sign sign
GET        closed/                 ok   ok   ok   ok   ok
POST       closed/                 405  405  405  405  405
"""

BODIES: dict[str, Any] = {
    "POST /account/promotions/<promotion>/": lambda world: {"product": world.ann.product.pk},
    "POST /account/personal-offers/<personal_offer>/": lambda world: {
        "accept": "all",
        "seen": str(world.ann.wanted.pk),
    },
    "POST /account/language/": {"language": "pl"},
}

SHOWS = {
    "GET /account/offers/": "offer",
    "GET /account/promotions/": "product",
    "GET /account/personal-offers/": "bonus",
    "GET /account/purchases/": "receipt",
    "GET /account/cashback/": "comment",
}
"""What of the asker's own must be there, or it would prove nothing that another's is not."""
