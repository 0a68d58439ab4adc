"""The back-office of imports and exports. A job is seen by those who may start its like."""

from typing import Any

TABLE = """
/admin/imports/export/                   anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   ok   ok   ok     view
GET,POST  add/                           sign sign 403  ok   ok   ok   ok
                                         offers.export_assignments

/admin/imports/job/                      anon cust none mktg oper need super
GET,POST? .                              sign sign 403  ok   ok   ok   ok
                                         offers.import_assignments
GET       <job>/<step>/                  sign sign 404  405  405  405  405
                                         offers.import_assignments
POST      <job>/<step>/                  sign sign 404  ok   ok   ok   ok
                                         offers.import_assignments → .<job>/change/
GET,POST? <job>/change/                  sign sign 404  ok   ok   ok   ok
                                         offers.import_assignments
GET,POST? <job>/progress/                sign sign 404  ok   ok   ok   ok
                                         offers.import_assignments
GET,POST? <job>/rejects.csv              sign sign 404  ok   ok   ok   ok
                                         offers.import_assignments
GET,POST? <job>/undo/                    sign sign 404  ok   ok   ok   ok
                                         offers.import_assignments → .<job>/change/
GET,POST? add/                           sign sign 403  ok   ok   ok   ok
                                         offers.import_assignments
GET,POST? example/<slug>.csv             sign sign 403  ok   ok   ok   ok
                                         offers.import_assignments
"""

BODIES: dict[str, Any] = {}
SHOWS: dict[str, str] = {}
