"""What differs between two states of a personal offer, its targets and its texts."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from customers.events import Change
from loyalty.models import PersonalOffer, PersonalOfferText
from offers.models import Image
from promotions.admin import offer_changes
from promotions.admin.offer_changes import Names, in_words

MODELS: dict[str, type[models.Model]] = {
    "PersonalOfferEvent": PersonalOffer,
    "PersonalOfferTextEvent": PersonalOfferText,
}
NAMED: offer_changes.Named = {
    **offer_changes.NAMED,
    "picture_id": (Image, "title", gettext_noop("picture")),
    "phone_picture_id": (Image, "title", gettext_noop("picture")),
}
NOT_TOLD = ("offer", "language")


def field_changes(before: Any, event: Any, names: Names) -> Iterator[Change]:
    """Fields whose values differ; of what is new those that say something."""
    for field in MODELS[type(event).__name__]._meta.fields:
        if field.primary_key or field.name in NOT_TOLD:
            continue
        old, new = getattr(before, field.attname, None), getattr(event, field.attname)
        if old == new or (before is None and new in (False, [], "", None)):
            continue
        label = _labelled(event, str(capfirst(field.verbose_name)))
        yield Change(label, in_words(field, old, names), in_words(field, new, names))


def removed_text(event: Any) -> Change:
    return Change(_labelled(event, _("Title")), event.title, "")


def _labelled(event: Any, label: str) -> str:
    language = getattr(event, "language", None)
    return f"{dict(settings.LANGUAGES).get(language, language)} · {label}" if language else label
