"""The back-office's own pages: signing in and out, one's own account, search, Try a basket."""

from typing import Any

TABLE = """
/admin/                                  anon cust none mktg oper need super
GET,POST? .                              sign sign ok   ok   ok   ok   ok
GET,POST? <app_label>/                   sign sign ok   ok   ok   ok   ok      → .
GET,POST  <url>                          sign sign 404  404  404  404  404
GET       autocomplete/                  sign sign 403  403  403  403  403
POST      autocomplete/                  sign sign 405  405  405  405  405
GET       jsi18n/                        sign sign ok   ok   ok   ok   ok
POST      jsi18n/                        sign sign 405  405  405  405  405
GET,POST? login/                         ok   ok   home home home home home
GET       logout/                        sign sign 405  405  405  405  405
POST      logout/                        sign sign sign sign sign sign sign
GET,POST? password_change/               sign sign ok   ok   ok   ok   ok
GET       password_change/done/          sign sign ok   ok   ok   ok   ok
POST      password_change/done/          sign sign 405  405  405  405  405
GET,POST  r/<content_type>/<id>/         sign sign 404  404  404  404  404
GET,POST? search/                        sign sign ok   ok   ok   ok   ok
GET,POST? session/                       sign sign ok   ok   ok   ok   ok
GET,POST? verify/                        sign sign 403  ok   403  ok   ok     loyalty.verify

/admin/password-reset/                   anon cust none mktg oper need super
GET,POST? .                              ok   ok   ok   ok   ok   ok   ok
GET,POST? <uidb36>-<key>/                ok   ok   ok   ok   ok   ok   ok
GET       done/                          ok   ok   ok   ok   ok   ok   ok
POST      done/                          405  405  405  405  405  405  405
GET       sent/                          ok   ok   ok   ok   ok   ok   ok
POST      sent/                          405  405  405  405  405  405  405

/admin/security/                         anon cust none mktg oper need super
GET       .                              sign sign ok   ok   ok   ok   ok
POST      .                              sign sign 405  405  405  405  405
GET,POST? authenticate/                  sign sign home home home home home
GET,POST  password/                      sign sign 403  403  403  403  403
GET,POST  reauthenticate/                sign sign 403  403  403  403  403
GET       recovery-codes/                sign sign 404  404  404  404  404
POST      recovery-codes/                sign sign 405  405  405  405  405
GET,POST  recovery-codes/download/       sign sign 404  404  404  404  404
GET,POST? recovery-codes/generate/       sign sign ok   ok   ok   ok   ok
GET,POST? totp/activate/                 sign sign ok   ok   ok   ok   ok
GET,POST  totp/deactivate/               sign sign 404  404  404  404  404
GET       webauthn/                      sign sign ok   ok   ok   ok   ok
POST      webauthn/                      sign sign 405  405  405  405  405
GET,POST? webauthn/add/                  sign sign ok   ok   ok   ok   ok
GET,POST  webauthn/keys/<pk>/edit/       sign sign 404  404  404  404  404
GET,POST  webauthn/keys/<pk>/remove/     sign sign 404  404  404  404  404
GET,POST  webauthn/reauthenticate/       sign sign 403  403  403  403  403

/admin/try-a-basket/                     anon cust none mktg oper need super
GET       .                              sign sign 403  ok   ok   ok   ok
                                         promotions.view_discount
POST?     .                              sign sign 403  ok   ok   ok   ok
                                         promotions.view_discount → .?point_of_sale=<place>
GET       customers/                     sign sign 405  405  405  405  405
                                         promotions.view_discount customers.view_customer
POST?     customers/                     sign sign 403  ok   ok   ok   ok
                                         promotions.view_discount customers.view_customer
GET       products/                      sign sign 405  405  405  405  405
POST?     products/                      sign sign 403  ok   ok   ok   ok
                                         promotions.view_discount
"""

BODIES: dict[str, Any] = {}
SHOWS: dict[str, str] = {}
