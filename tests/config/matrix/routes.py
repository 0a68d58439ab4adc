"""Every route of the URLconf, and those that middlewares answer."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver

from config.api import api

OF_MIDDLEWARES = {"/healthz", "/readyz", "/media/gallery/<picture>.webp"}
METHODS_OF_THE_API = ("GET", "POST", "PUT", "PATCH", "DELETE")


def routes() -> set[str]:
    """As the tables write them: `/admin/offers/altshop/<id>/change/`."""
    return {_written(route) for route in _patterns(get_resolver())} | OF_MIDDLEWARES


def operations() -> set[str]:
    """Those of the API: `GET /api/v1/groups/<group>/members`."""
    return {
        f"{method.upper()} {_written(path.replace('{', '<').replace('}', '>'))}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }


def _patterns(resolver: Any, before: str = "/") -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern).removeprefix("^")
        if isinstance(each, URLResolver):
            yield from _patterns(each, route)
        else:
            yield route


def _written(route: str) -> str:
    """Without the kinds of its parts, and without the signs of regular expressions."""
    route = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", route)
    route = re.sub(r"\(\?:.*?\)|\$$", "", route)
    return re.sub(r"<(?:\w+:)?(\w+?)(?:_id)?>", r"<\1>", route).replace("<object>", "<id>")
