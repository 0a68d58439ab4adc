"""The back-office of the catalogue, discounts and personalized promotions."""

from typing import Any

TABLE = """
/admin/promotions/category/              anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   ok   ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   ok   ok   ok     view
POST      <id>/change/                   sign sign 403  ok   403  ok   ok     change → .
GET       <id>/delete/                   sign sign 403  ok   403  ok   ok     delete
POST      <id>/delete/                   sign sign 403  ok   403  ok   ok     delete → .
GET,POST? <id>/history/                  sign sign 403  ok   ok   ok   ok     view
GET,POST? add/                           sign sign 403  ok   403  ok   ok     add
GET       lookup/                        sign sign 403  ok   ok   ok   ok     view
POST      lookup/                        sign sign 405  405  405  405  405

/admin/promotions/discount/              anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   ok   ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   ok   ok   ok     view
POST?     <id>/change/                   sign sign 403  ok   403  ok   ok     change
GET       <id>/delete/                   sign sign 403  ok   403  ok   ok     delete
POST      <id>/delete/                   sign sign 403  ok   403  ok   ok     delete → .
GET,POST? <id>/history/                  sign sign 403  ok   ok   ok   ok     view
GET,POST? add/                           sign sign 403  ok   403  ok   ok     add
GET,POST? goods/                         sign sign 403  ok   403  ok   ok     add
GET       words/                         sign sign 405  405  405  405  405
POST?     words/                         sign sign 403  ok   403  ok   ok     add

/admin/promotions/personalizedpromotion/ anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   403  ok   ok     PersonalizedPromotions
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   403  ok   ok     PersonalizedPromotions
POST      <id>/change/                   sign sign 403  ok   403  ok   ok
                                         PersonalizedPromotions → .
GET,POST? <id>/delete/                   sign sign 403  ok   403  ok   ok     PersonalizedPromotions
GET,POST? <id>/history/                  sign sign 403  ok   403  ok   ok     PersonalizedPromotions
GET,POST? add/                           sign sign 403  ok   403  ok   ok     PersonalizedPromotions
GET       customers/<customer>/<promotion>/<product>/remove/
                                         sign sign 403  ok   403  ok   ok
                                         PersonalizedPromotions customers.view_customer
POST      customers/<customer>/<promotion>/<product>/remove/
                                         sign sign 403  ok   403  ok   ok
                                         PersonalizedPromotions customers.view_customer
                         → /admin/customers/customer/<customer>/change/?tab=loyalty
GET,POST? customers/<customer>/add/      sign sign 403  ok   403  ok   ok
                                         PersonalizedPromotions customers.view_customer

/admin/promotions/pointofsale/           anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   ok   ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   ok   ok   ok     view
POST      <id>/change/                   sign sign 403  ok   403  ok   ok     change → .
GET       <id>/delete/                   sign sign 403  ok   403  ok   ok     delete
POST      <id>/delete/                   sign sign 403  ok   403  ok   ok     delete → .
GET,POST? <id>/history/                  sign sign 403  ok   ok   ok   ok     view
GET,POST? add/                           sign sign 403  ok   403  ok   ok     add

/admin/promotions/product/               anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   ok   ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   ok   ok   ok     view
POST      <id>/change/                   sign sign 403  ok   403  ok   ok     change → .
GET       <id>/delete/                   sign sign 403  ok   403  ok   ok     delete
POST      <id>/delete/                   sign sign 403  ok   403  ok   ok     delete → .
GET,POST? <id>/history/                  sign sign 403  ok   ok   ok   ok     view
GET,POST? add/                           sign sign 403  ok   403  ok   ok     add
GET       lookup/                        sign sign 403  ok   ok   ok   ok     view
POST      lookup/                        sign sign 405  405  405  405  405

/admin/promotions/productgroup/          anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   ok   ok   ok     view
GET,POST? <id>/                          sign sign ok   ok   ok   ok   ok      → .<id>/change/
GET       <id>/change/                   sign sign 403  ok   ok   ok   ok     view
POST      <id>/change/                   sign sign 403  ok   403  ok   ok     change → .
GET       <id>/delete/                   sign sign 403  ok   403  ok   ok     delete
POST      <id>/delete/                   sign sign 403  ok   403  ok   ok     delete → .
GET,POST? <id>/history/                  sign sign 403  ok   ok   ok   ok     view
GET       <product_group>/products/<product>/remove/
                                         sign sign 403  ok   403  ok   ok   change view_product
POST      <product_group>/products/<product>/remove/
                                         sign sign 403  ok   403  ok   ok
                                         change view_product → .<product_group>/change/?tab=products
GET,POST? <product_group>/products/add/  sign sign 403  ok   403  ok   ok     change view_product
GET,POST? add/                           sign sign 403  ok   403  ok   ok     add
"""

BODIES: dict[str, Any] = {}
SHOWS: dict[str, str] = {}
