"""The answers that all parts of the API share: what went wrong, said the same way everywhere."""

from typing import Any

from ninja import Field, Schema


class Problem(Exception):  # noqa: N818 it is an answer, not a fault
    """An error answer; `code` is for programs and never changes, `detail` for people."""

    def __init__(self, status: int, code: str, detail: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.detail = status, code, str(detail)


class ProblemBody(Schema):
    detail: str = Field(description="What is wrong and what to do, for people.")
    code: str = Field(description="The same for programs; codes never change.")


def problems(*statuses: int) -> dict[int, type[ProblemBody]]:
    """Error answers to declare on an endpoint, besides those that every endpoint has."""
    return dict.fromkeys((401, 403, *statuses), ProblemBody)


def codes(by_status: dict[int, tuple[str, ...]]) -> dict[str, Any]:
    """`openapi_extra` that says which codes an endpoint's error answers have."""
    always = {401: ("no_key", "unknown_key"), 403: ("scope", "permission")}
    return {
        "responses": {
            status: {"description": "Code: " + ", ".join(f"`{code}`" for code in codes)}
            for status, codes in (always | by_status).items()
        }
    }
