"""The API of audiences: the form in which their conditions are written down."""

from django.http import HttpRequest, JsonResponse
from ninja import Router

from customers.audiences.schema import schema

router = Router(tags=["Audiences"])
DOCUMENT = {"type": "object"}


@router.get(
    "/schemas/audience-conditions.json",
    summary="JSON schema of the conditions of an audience",
    openapi_extra={
        "responses": {
            200: {"description": "OK", "content": {"application/schema+json": {"schema": DOCUMENT}}}
        }
    },
    url_name="audience_conditions_schema",
)
def audience_conditions(request: HttpRequest) -> JsonResponse:
    """Needs no key: it is the same in every shop, and says nothing of yours.

    Attributes that conditions may name are at `GET /attributes`.
    """
    return JsonResponse(schema(), content_type="application/schema+json")
