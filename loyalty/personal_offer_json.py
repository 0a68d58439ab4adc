"""A personal offer that a customer has, as the API's answer."""

from typing import Any

from django.http import HttpRequest

from loyalty.personal.presenting import ShownOffer, ShownPiece
from offers.models import Image


def offer_json(shown: ShownOffer, request: HttpRequest) -> dict[str, Any]:
    offer = shown.offer

    def url(image: Image | None) -> str | None:
        return request.build_absolute_uri(image.file.url) if image else None

    return {
        "id": offer.pk,
        **shown.texts._asdict(),
        "picture": url(offer.picture),
        "phone_picture": url(offer.phone_picture or offer.picture),
        "mechanic": offer.mechanic,
        "state": shown.state,
        "counts": shown.counts,
        "scope": offer.scope,
        "currency": offer.currency or None,
        "quantity": offer.quantity,
        "units": offer.units,
        "start": shown.start,
        "end": shown.end,
        "days": offer.days,
        "from_hour": offer.from_hour,
        "to_hour": offer.to_hour,
        "points_of_sale": [{"key": each.key, "name": each.name} for each in shown.points_of_sale],
        "channels": shown.mine.channels,
        "pieces": [_piece(each) for each in shown.pieces],
    }


def _piece(shown: ShownPiece) -> dict[str, Any]:
    rule = shown.rule
    return {
        "state": shown.state,
        "preference": rule.effect.value,
        "method": rule.kind.value,
        "value": None if rule.tiers else _number(rule.value),
        "thresholds": [
            {"threshold": _number(each.threshold), "value": _number(each.value)}
            for each in rule.tiers
        ],
        "goods": {
            "everything": shown.everything,
            "products": [_thing(each) for each in shown.products],
            "categories": [_thing(each) for each in shown.categories],
            "product_groups": [_thing(each) for each in shown.groups],
        },
        "start": rule.start,
        "end": rule.end,
    }


def _thing(thing: Any) -> dict[str, Any]:
    external = getattr(thing, "external_id", None)
    return {"id": thing.pk, "external_id": external, "name": thing.name}


def _number(value: Any) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
