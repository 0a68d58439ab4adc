"""Requests to an operation of the API as its description has them, or expressly not so."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation

from tests.config.api_schema.served import OPERATIONS

PARTS = {
    GenerationMode.POSITIVE: ("path_parameters", "query", "body"),
    # What exists is to be refused for the rest of the request, not for want of it.
    GenerationMode.NEGATIVE: ("path_parameters",),
}


@st.composite
def cases(
    draw: st.DrawFn, operation: APIOperation, mode: GenerationMode, known: dict[str, list[Any]]
) -> Case:
    """Made up, with what is known in many places: made-up names alone would never be found."""
    case = draw(operation.as_strategy(generation_mode=mode))
    for part in PARTS[mode]:
        value = getattr(case, part)
        if isinstance(value, Mapping) and not _is_wrong(case, part):
            setattr(case, part, _with_known(draw, value, known))
    return case


def _is_wrong(case: Case, part: str) -> bool:
    """On purpose, and must stay so."""
    parts = case.meta.components if case.meta else {}
    return any(
        location.container_name == part and made.mode.is_negative
        for location, made in parts.items()
    )


def _with_known(draw: st.DrawFn, value: Any, known: dict[str, list[Any]], name: str = "") -> Any:
    if isinstance(value, list):
        return [_with_known(draw, each, known, name) for each in value]
    if name in known:
        return draw(st.sampled_from([*known[name], value]))
    if isinstance(value, Mapping):
        return {key: _with_known(draw, each, known, key) for key, each in value.items()}
    return value


def can_be_wrong(label: str) -> bool:
    """Whether anything sent to it can be of the wrong form: any text in an address is a name."""
    described = OPERATIONS[label].definition.raw
    kinds = [
        each["schema"].get("format") or each["schema"].get("type")
        for each in described.get("parameters", [])
    ]
    return "requestBody" in described or any(kind != "string" for kind in kinds)
