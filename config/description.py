"""The OpenAPI document, with what any operation may answer because of how it is asked, or when."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from config.health import AWAY

PROBLEM = {"application/json": {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}
RETRY_AFTER = {
    "description": "Seconds until asking again makes sense.",
    "required": True,
    "schema": {"type": "integer"},
}
UNREADABLE = "`bad_request`: the request cannot be read as one of HTTP, or is for another host."
ELSEWHERE = (
    "`method_not_allowed`: with this in its place it is another address, which takes other"
    " methods; the header Allow says which."
)
ALLOW = {
    "description": "The methods that the address takes.",
    "required": True,
    "schema": {"type": "string"},
}
TOO_LARGE = "`too_large`: the body is larger than this takes."
UNAVAILABLE = "`unavailable`, or `busy` where others write the same: ask again, nothing is done."


class DescribedAPI(NinjaAPI):
    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """As ninja's, with the answers that all operations share."""
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _add_shared(operation)
        return schema


def _add_shared(operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    answers[400] = {"description": UNREADABLE, "content": PROBLEM}
    if any(each["in"] == "path" for each in operation.get("parameters", [])):
        headers = {"Allow": ALLOW}
        answers[405] = {"description": ELSEWHERE, "headers": headers, "content": PROBLEM}
    if "requestBody" in operation:
        answers[413] = {"description": TOO_LARGE, "content": PROBLEM}
    if "security" in operation:
        headers = dict.fromkeys(AWAY, RETRY_AFTER)
        answers[503] = {"description": UNAVAILABLE, "headers": headers, "content": PROBLEM}
