"""Every address, by everybody: who may do what, asserted cell by cell.

The tables are text in one module an area (`account`, `api`, `backoffice_*`, `others`). A block
begins with the address that its rows go on from, and with its columns: who asks (`askers.py`).
A row is the methods, the rest of the address (`.` for none), an answer for every column, what
`need`, the asker who has exactly that, must have, and after `→` where a good answer leads.

    /admin/offers/altshop/   anon cust none mktg oper need super
    GET      .               sign sign 403  ok   403  ok   ok      view
    POST     add/            sign sign 403  ok   403  ok   ok      add → .

Answers: `ok` (2xx, or the redirect to exactly where `→` says), `sign` (sent to the sign-in, and
back), `home` (signed in already: sent to one's first page), `void` (2xx, but nothing was written),
`401`, `403`, `404` (hidden), `405` (method not taken), `422` (asked for what is not theirs).
A good POST must write, a good GET must not; `POST?` need not, `GET!` leaves a trace. No refused
request may write. What nobody may read in an answer stands in `leaks.py`.

In a block of a model `view` stands for `offers.view_altshop`; a scope has a colon. `<id>` is
somebody else's, `<own-id>` the asker's, `<other-offer>` of neither; `world.py` makes them. Commas
join methods, or addresses, that are answered alike; an indented line goes on from the one before.

A new address: `test_every_route_has_its_rows` prints the line to add and the file to add it to.
Every route needs GET and POST; the API every operation (any other method must answer 405). A POST
sends what the page's own form sends (`forms.py`), with what BODIES of that module has for it.
"""
