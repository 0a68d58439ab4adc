"""What uses an audience, as its pages show it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from customers.audiences.uses import uses_of
from customers.models import Audience
from imports.resources import Text


@dataclass(frozen=True)
class Shown:
    """A use with the address of its page, which is empty for who may not see it."""

    kind: Text
    name: str
    url: str


def shown_uses(request: HttpRequest, audience: Audience) -> list[Shown]:
    """What uses the audience. A query for each kind of use."""
    return [
        Shown(
            use.kind,
            use.name,
            reverse(use.view, args=[use.pk]) if request.user.has_perm(use.permission) else "",
        )
        for use in uses_of([audience.pk])[audience.pk]
    ]
