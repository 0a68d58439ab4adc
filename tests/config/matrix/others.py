"""What belongs to no room: the first page, health, metrics, pictures."""

from typing import Any

TABLE = """
/                              anon cust none super
GET,POST?  .                   ok   ok   ok   ok    → /account/offers/
GET,POST?  favicon.ico         ok   ok   ok   ok    → /static/offers/icon.svg
GET,POST   metrics             404  404  404  404
GET,POST?  healthz             ok   ok   ok   ok
GET,POST?  readyz              ok   ok   ok   ok

/media/gallery/                anon cust none super
GET        <picture>.webp      ok   ok   ok   ok
POST       <picture>.webp      405  405  405  405

/api                           anon cust none super
GET,POST   .                   404  404  404  404
"""

BODIES: dict[str, Any] = {}
SHOWS: dict[str, str] = {}
