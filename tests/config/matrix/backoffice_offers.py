"""The back-office of private offers, the gallery and altshops."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.config.matrix.world import World
from tests.factories import picture_file

TABLE = """
/admin/offers/altshop/                   anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   403  ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   403  ok   ok     view
POST      <id>/change/                   sign sign 403  ok   403  ok   ok     change → .
GET       <id>/delete/                   sign sign 403  ok   403  ok   ok     delete
POST      <id>/delete/                   sign sign 403  ok   403  ok   ok     delete change → .
GET,POST? <id>/history/                  sign sign 403  ok   403  ok   ok     view
GET,POST? add/                           sign sign 403  ok   403  ok   ok     add

/admin/offers/image/                     anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   403  ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   403  ok   ok     view
POST      <id>/change/                   sign sign 403  ok   403  ok   ok     change → .
GET       <id>/delete/                   sign sign 403  ok   403  ok   ok     delete
POST      <id>/delete/                   sign sign 403  ok   403  ok   ok     delete change → .
GET,POST? <id>/history/                  sign sign 403  ok   403  ok   ok     view
GET       add/                           sign sign 403  ok   403  ok   ok     add
POST      add/                           sign sign 403  ok   403  ok   ok     add view → .
GET       browse/                        sign sign 403  ok   403  ok   ok     view
POST      browse/                        sign sign 405  405  405  405  405
GET       upload/                        sign sign 405  405  405  405  405
POST      upload/                        sign sign 403  ok   403  ok   ok     add

/admin/offers/privateoffer/              anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   ok   ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   ok   ok   ok     view
POST      <id>/change/                   sign sign 403  ok   403  ok   ok     change → .
GET       <id>/delete/                   sign sign 403  ok   403  ok   ok     delete
POST      <id>/delete/                   sign sign 403  ok   403  ok   ok     delete change → .
GET,POST? <id>/history/                  sign sign 403  ok   ok   ok   ok     view
GET       <offer>/delete-emails/         sign sign 403  ok   403  ok   ok     withdraw_assignments
POST      <offer>/delete-emails/         sign sign 403  ok   403  ok   ok
                                         withdraw_assignments → /admin/imports/job/<new>/change/
GET,POST? add/                           sign sign 403  ok   403  ok   ok     add
GET       preview/                       sign sign 405  405  405  405  405
POST?     preview/                       sign sign 403  ok   403  ok   ok     add
GET       reach/                         sign sign 405  405  405  405  405
POST?     reach/                         sign sign 403  ok   403  ok   ok     add
GET,POST? see-as-customer/               sign sign 403  ok   403  ok   ok     see_as_customer
GET!      see-as-customer/<customer>/<altshop>/<at>/
                                         sign sign 403  ok   403  ok   ok   see_as_customer
POST      see-as-customer/<customer>/<altshop>/<at>/
                                         sign sign 403  404  403  404  404   see_as_customer
"""


def _pictures(world: World) -> dict[str, Any]:
    return {"pictures": SimpleUploadedFile("new.png", picture_file().read())}


BODIES = {
    "POST /admin/offers/image/upload/": _pictures,
    "POST /admin/offers/image/add/": _pictures,
}
SHOWS: dict[str, str] = {}
