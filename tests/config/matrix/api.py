"""The API: every operation by every sort of key. A method without a row must answer 405.

Addressed are Ann, a promotion, a personal offer and a receipt of hers, a group and an import of a
colleague's, or one's own; `<other-offer>` is Ben's, asked for as if it were Ann's.
"""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.config.matrix.world import World

TABLE = """
/api/v1/                                    nokey wrong scope maker key  browser
GET,POST,PUT,PATCH,DELETE .                 404   404   404   404   404  404
GET     docs,openapi.json                   ok    ok    ok    ok    ok   ok
GET     schemas/audience-conditions.json    ok    ok    ok    ok    ok   ok
POST?   purchases/calculate                 401   401   403   403   ok   401
        purchases:calculate promotions.view_discount
POST    purchases,purchases/<receipt>/cancel,purchases/<receipt>/returns
                                            401   401   403   403   ok   401
        purchases:write loyalty.confirm_purchase
GET     purchases/<receipt>                 401   401   403   403   ok   401
        purchases:read loyalty.view_purchase
GET     events                              401   401   403   403   ok   401
        events:read loyalty.view_event

/api/v1/attributes                          nokey wrong scope maker key  browser
GET     .                                   401   401   403   403   ok   401
        customers:read customers.view_attributedefinition

/api/v1/customers                           nokey wrong scope maker key  browser
GET     .                                   401   401   403   403   ok   401
        customers:read customers.view_customer
POST    .                                   401   401   403   403   ok   401
        customers:write customers.add_customer
POST    /batch                              401   401   403   void  ok   401
        customers:write customers.add_customer
GET     /<customer>                         401   401   403   403   ok   401
        customers:read customers.view_customer
PATCH   /<customer>                         401   401   403   403   ok   401
        customers:write customers.change_customer
GET     /<customer>/private-offers          401   401   403   403   ok   401
        private-offers:read offers.view_privateoffer
GET     /<customer>/points                  401   401   403   403   ok   401
        purchases:calculate promotions.view_discount

/api/v1/customers/<customer>/personal-offers
                                            nokey wrong scope maker key  browser
GET     .                                   401   401   403   403   ok   401
        personal-offers:read loyalty.view_personaloffer
POST    /<offer>/accept,/<offer>/decline    401   401   403   403   ok   401
        personal-offers:write loyalty.answer_personaloffer
POST    /<other-offer>/accept,/<other-offer>/decline
                                            401   401   403   403   404  401
        personal-offers:write loyalty.answer_personaloffer
PUT,PATCH  /<offer>/items                   401   401   403   403   ok   401
        personal-offers:write loyalty.import_items

/api/v1/personal-offers/                    nokey wrong scope maker key  browser
POST    items                               401   401   403   403   ok   401
        personal-offers:write loyalty.import_items

/api/v1/groups                              nokey wrong scope maker key  browser
GET     .                                   401   401   403   403   ok   401
        groups:read customers.view_customergroup
GET     /<group>/members                    401   401   403   403   ok   401
        groups:read customers.view_customergroup customers.view_customer
POST    /<group>/members,/<group>/members/remove
                                            401   401   403   403   ok   401
        groups:write customers.change_members

/api/v1/personalized-promotions/<backend>/customers/<customer>/
                                            nokey wrong scope maker key  browser
GET     products,selection                  401   401   403   403   ok   401
        promotions:read promotions.PersonalizedPromotions
POST,DELETE  products                       401   401   403   403   ok   401
        promotions:write promotions.PersonalizedPromotions
PUT     selection                           401   401   403   403   ok   401
        promotions:write promotions.PersonalizedPromotions

/api/v1/imports/                            nokey wrong scope maker key  browser
POST    <type>                              401   401   403   403   ok   401
        imports:write offers.import_assignments
GET     <job>,<own-job>,<job>/rejects,<own-job>/rejects
                                            401   401   403   404   ok   401
        imports:write offers.import_assignments
POST    <job>/confirm,<own-job>/confirm     401   401   403   404   ok   401
        imports:write offers.import_assignments
"""


def _basket(world: World) -> dict[str, Any]:
    line = {"id": "1", "product": "ann-product", "quantity": "1", "unit_price": "10.00"}
    return {
        "point_of_sale": world.place.key,
        "customer": "email:ann-email@example.com",
        "lines": [line],
    }


ITEMS = {"items": [{"target": "ben-product"}]}
OFFERS = "/api/v1/customers/<customer>/personal-offers"
PROMOTION = "/api/v1/personalized-promotions/<backend>/customers/<customer>/"
BODIES: dict[str, Any] = {
    "POST /api/v1/purchases/calculate": _basket,
    "POST /api/v1/purchases": lambda world: _basket(world) | {"receipt": "R-new"},
    "POST /api/v1/purchases/<receipt>/cancel": {},
    "POST /api/v1/purchases/<receipt>/returns": {"id": "RT-1", "lines": None},
    "POST /api/v1/customers": {"email": "somebody-new@example.com"},
    "POST /api/v1/customers/batch": {"customers": [{"email": "somebody-new@example.com"}]},
    "PATCH /api/v1/customers/<customer>": {"first_name": "Renamed"},
    "POST /api/v1/groups/<group>/members": {"numbers": ["48600100101"]},
    "POST /api/v1/groups/<group>/members/remove": {"numbers": ["48600100102"]},
    f"PUT {OFFERS}/<offer>/items": ITEMS,
    f"PATCH {OFFERS}/<offer>/items": ITEMS,
    "POST /api/v1/personal-offers/items": {
        "entries": [{"offer": "ann-bonus", "customer": "email:ann-email@example.com", **ITEMS}]
    },
    f"POST {PROMOTION}products": {"products": ["ben-product"]},
    f"DELETE {PROMOTION}products": "?product=ann-product",
    f"PUT {PROMOTION}selection": {"products": ["ann-product"]},
    "POST /api/v1/imports/<type>": lambda world: {
        "file": SimpleUploadedFile("list.csv", b"Email,Offer ID\nann-email@example.com,ben-offer\n")
    },
}

SHOWS = {
    "GET /api/v1/customers/<customer>": "email",
    "GET /api/v1/customers/<customer>/private-offers": "offer",
    f"GET {OFFERS}": "bonus",
    f"GET {PROMOTION}products": "product",
    f"GET {PROMOTION}selection": "product",
}
