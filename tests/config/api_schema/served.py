"""The API and its description, served in this process and this transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from schemathesis.config import SchemathesisConfig

from config.api import api

SIGNALS = (request_started, request_finished)


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """As a server does: the answer is read and closed, with all that the request opened."""
    answer = WSGIHandler()(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


SCHEMA = schemathesis.openapi.from_dict(
    api.get_openapi_schema(),
    # The key is given to each request; what answers others is tried out by itself.
    config=SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}}),
)
SCHEMA.app = application
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations()}


@contextmanager
def rolled_back() -> Iterator[None]:
    """What is asked inside leaves no trace; its requests keep the connection of the test."""
    for signal in SIGNALS:
        signal.disconnect(close_old_connections)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        for signal in SIGNALS:
            signal.connect(close_old_connections)
