"""schemathesis over the whole API: no server error, and no answer that is not documented.

EXAMPLES=500 makes up that many requests an operation, others each time; otherwise they are few and
always the same. Not asked for is that a request of the right form be accepted: whether a product
or a customer exists, no description can say.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.config.api_schema.cases import can_be_wrong, cases
from tests.config.api_schema.known import make_key, make_known
from tests.config.api_schema.served import OPERATIONS, rolled_back

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("EXAMPLES", "0"))
BOUNDED = settings(
    max_examples=EXAMPLES or 15,
    derandomize=not EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
DOCUMENTED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MAY_ACCEPT = [
    # Each entry is refused by itself, in an answer that is a success.
    "POST /api/v1/customers/batch",
    # A form's list of one text is that text.
    "POST /api/v1/imports/{type}",
]


@pytest.fixture(scope="module")
def key_and_known(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[dict[str, str], dict[str, list[Any]]]]:
    media: Path = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=media):
        yield make_key(), make_known()
        transaction.set_rollback(True)


def try_out(requests: st.SearchStrategy[Case], key: dict[str, str], *checks: Any) -> None:
    @BOUNDED
    @given(case=requests)
    def answered_as_documented(case: Case) -> None:
        with rolled_back():
            case.call_and_validate(headers=key, checks=[*DOCUMENTED, *checks])

    answered_as_documented()


@pytest.mark.parametrize("label", OPERATIONS)
def test_what_is_right_is_answered_as_documented(key_and_known, label):
    key, known = key_and_known
    try_out(cases(OPERATIONS[label], GenerationMode.POSITIVE, known), key)


@pytest.mark.parametrize("label", [each for each in OPERATIONS if can_be_wrong(each)])
def test_what_is_wrong_is_refused_as_documented(key_and_known, label):
    key, known = key_and_known
    checks = [] if label in MAY_ACCEPT else [negative_data_rejection]
    try_out(cases(OPERATIONS[label], GenerationMode.NEGATIVE, known), key, *checks)
