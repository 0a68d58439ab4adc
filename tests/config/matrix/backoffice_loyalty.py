"""The back-office of loyalty."""

from typing import Any

TABLE = """
/admin/loyalty/batch/                    anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   403  ok   ok     view
GET       <batch>/undo/                  sign sign 403  ok   403  ok   ok     view add
POST      <batch>/undo/                  sign sign 403  ok   403  ok   ok
                                         view add → .<batch>/change/
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET,POST? <id>/change/                   sign sign 403  ok   403  ok   ok     view
GET,POST  <id>/delete/                   sign sign 403  403  403  403  403
GET,POST? <id>/history/                  sign sign 403  ok   403  ok   ok     view
GET,POST  add/                           sign sign 403  403  403  403  403
GET,POST? customer/<customer>/           sign sign 403  ok   403  ok   ok
                                         view add customers.view_customer
GET,POST? group/<group>/                 sign sign 403  ok   403  ok   ok
                                         view add customers.view_customergroup

/admin/loyalty/personaloffer/            anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   403  ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   403  ok   ok     view
POST      <id>/change/                   sign sign 403  ok   403  ok   ok     change → .
GET       <id>/count/                    sign sign 405  405  405  405  405
POST      <id>/count/                    sign sign 403  ok   403  ok   ok
                                         view → .<id>/change/?tab=items
GET       <id>/delete/                   sign sign 403  ok   403  ok   ok     delete
POST      <id>/delete/                   sign sign 403  ok   403  ok   ok     delete → .
GET,POST? <id>/history/                  sign sign 403  ok   403  ok   ok     view
GET,POST? add/                           sign sign 403  ok   403  ok   ok     add
GET,POST? goods/                         sign sign 403  ok   403  ok   ok     add
GET       words/                         sign sign 405  405  405  405  405
POST?     words/                         sign sign 403  ok   403  ok   ok     add
GET       preview/                       sign sign 405  405  405  405  405
POST?     preview/                       sign sign 403  ok   403  ok   ok     add
GET,POST? see-as-customer/               sign sign 403  ok   403  ok   ok
                                         view offers.see_as_customer
GET!      see-as-customer/<customer>/<altshop>/<at>/
                                         sign sign 403  ok   403  ok   ok
                                         view offers.see_as_customer
POST      see-as-customer/<customer>/<altshop>/<at>/
                                         sign sign 403  404  403  404  404
                                         view offers.see_as_customer

/admin/loyalty/programme/                anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   403  ok   ok     view → .1/change/
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   403  ok   ok     view
POST      <id>/change/                   sign sign 403  ok   403  ok   ok     change → .
GET,POST  <id>/delete/                   sign sign 403  403  403  403  403
GET,POST? <id>/history/                  sign sign 403  ok   403  ok   ok     view
GET,POST  add/                           sign sign 403  403  403  403  403

/admin/receipts/                         anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   ok   ok   ok
                                         loyalty.view_purchase
GET,POST? <purchase>/                    sign sign 403  ok   ok   ok   ok
                                         loyalty.view_purchase
"""

BODIES: dict[str, Any] = {}
SHOWS = {
    "GET /admin/loyalty/personaloffer/see-as-customer/<customer>/<altshop>/<at>/": "bonus",
}
