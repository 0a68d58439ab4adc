"""The back-office of customers: who they are, audiences, groups, keys, staff and roles."""

from typing import Any

TABLE = """
/admin/auth/group/                       anon cust none mktg oper need super
GET,POST? .                              sign sign 403  403  403  ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  403  403  ok   ok     view
POST      <id>/change/                   sign sign 403  403  403  ok   ok     change → .
GET       <id>/delete/                   sign sign 403  403  403  ok   ok     delete
POST      <id>/delete/                   sign sign 403  403  403  ok   ok     delete change → .
GET,POST? <id>/history/                  sign sign 403  403  403  ok   ok     view
GET,POST? add/                           sign sign 403  403  403  ok   ok     add

/admin/customers/apikey/                 anon cust none mktg oper need super
GET,POST? .                              sign sign 403  403  403  ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  403  403  ok   ok     view
POST      <id>/change/                   sign sign 403  403  403  403  403
GET,POST  <id>/delete/                   sign sign 403  403  403  403  403
GET,POST? <id>/history/                  sign sign 403  403  403  ok   ok     view
GET,POST? add/                           sign sign 403  403  403  ok   ok     add

/admin/customers/attributedefinition/    anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   403  ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   403  ok   ok     view
POST      <id>/change/                   sign sign 403  ok   403  ok   ok     change → .
GET       <id>/delete/                   sign sign 403  ok   403  ok   ok     delete
POST      <id>/delete/                   sign sign 403  ok   403  ok   ok
                                         delete → /admin/imports/job/<new>/change/
GET,POST? <id>/history/                  sign sign 403  ok   403  ok   ok     view
GET,POST? add/                           sign sign 403  ok   403  ok   ok     add
GET       of-customer/<customer>/        sign sign 403  403  403  ok   ok     change_customer
POST?     of-customer/<customer>/        sign sign 403  403  403  ok   ok
                                         change_customer
                         → /admin/customers/customer/<customer>/change/?tab=attributes

/admin/customers/audience/               anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   403  ok   ok     view
GET       <audience>/freeze/             sign sign 403  ok   403  ok   ok     view add
POST      <audience>/freeze/             sign sign 403  ok   403  ok   ok
                                         view add → .<new>/change/
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   403  ok   ok     view
POST      <id>/change/                   sign sign 403  ok   403  ok   ok     change → .
GET       <id>/delete/                   sign sign 403  ok   403  ok   ok     delete
POST      <id>/delete/                   sign sign 403  ok   403  ok   ok     delete change → .
GET,POST? <id>/history/                  sign sign ok   ok   ok   ok   ok
                                         → .<id>/change/?tab=history
GET,POST? add/                           sign sign 403  ok   403  ok   ok     add
GET       count/                         sign sign 403  405  403  405  405    view
POST?     count/                         sign sign 403  ok   403  ok   ok     view

/admin/customers/customer/               anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   ok   ok   ok     view
GET,POST? <customer>/erase/              sign sign 403  403  403  ok   ok     view erase_customer
GET       <customer>/personal-data/      sign sign 403  403  403  405  405
                                         view export_personal_data
POST      <customer>/personal-data/      sign sign 403  403  403  ok   ok
                                         view export_personal_data
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   ok   ok   ok     view
POST?     <id>/change/                   sign sign 403  403  403  ok   ok     change → .
GET,POST  <id>/delete/                   sign sign 403  403  403  403  403
GET,POST? <id>/history/                  sign sign 403  ok   ok   ok   ok     view
GET,POST? add/                           sign sign 403  403  403  ok   ok     add

/admin/customers/customergroup/          anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   403  ok   ok     view
GET       <group>/customers/<customer>/remove/
                                         sign sign 403  ok   403  ok   ok
                                         view change_members view_customer
POST?     <group>/customers/<customer>/remove/
                                         sign sign 403  ok   403  ok   ok
                                         view change_members view_customer
                                         → .<group>/change/?tab=customers&
GET,POST? <group>/customers/add/         sign sign 403  ok   403  ok   ok     view change_members
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   403  ok   ok     view
POST      <id>/change/                   sign sign 403  ok   403  ok   ok     change → .
GET,POST  <id>/delete/                   sign sign 403  403  403  403  403
GET,POST? <id>/history/                  sign sign 403  ok   403  ok   ok     view
GET,POST? add/                           sign sign 403  ok   403  ok   ok     add

/admin/customers/user/                   anon cust none mktg oper need super
GET,POST? .                              sign sign 403  403  403  ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  403  403  ok   ok     view
POST      <id>/change/                   sign sign 403  403  403  403  ok     change → .
GET,POST  <id>/delete/                   sign sign 403  403  403  403  403
GET,POST? <id>/history/                  sign sign 403  403  403  ok   ok     view
GET,POST? add/                           sign sign 403  403  403  ok   ok     add
"""

BODIES: dict[str, Any] = {}
SHOWS: dict[str, str] = {}
