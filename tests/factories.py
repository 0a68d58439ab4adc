"""Makers of test data: valid as they are, each field to be overridden by the test that means it."""

import datetime as dt
import io
import itertools
from typing import Any

from django.contrib.auth.models import Permission
from PIL import Image as Pillow

from customers.models import AttributeDefinition, Audience, Customer, CustomerGroup, User
from offers.gallery import add_picture
from offers.models import AltShop, Image, PrivateOffer

NOON = dt.datetime(2026, 6, 15, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
numbers = itertools.count(1)


def make_user(email: str | None = None, **fields: Any) -> User:
    return User.objects.create_user(email or f"user{next(numbers)}@example.com", **fields)


def make_staff(*permissions: str, email: str | None = None, **fields: Any) -> User:
    """Staff with exactly these permissions, written like "offers.view_privateoffer"."""
    user = make_user(email or f"staff{next(numbers)}@example.com", is_staff=True, **fields)
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return user


def make_customer(email: str | None = None, **fields: Any) -> Customer:
    return Customer.objects.create(email=email or f"customer{next(numbers)}@example.com", **fields)


def make_attribute(key: str, type: str = "text", **fields: Any) -> AttributeDefinition:
    """`choices` are to be given for the types that need them."""
    label = key.replace("_", " ").capitalize()
    return AttributeDefinition.objects.create(key=key, type=type, **{"label": label, **fields})


def make_audience(conditions: Any = None, **fields: Any) -> Audience:
    """By these conditions, or a fixed list without members if there are none."""
    kind = Audience.Kind.STATIC if conditions is None else Audience.Kind.DYNAMIC
    name = f"Audience {next(numbers)}"
    return Audience.objects.create(
        **{"name": name, "kind": kind, "conditions": conditions, **fields}
    )


def make_group(**fields: Any) -> CustomerGroup:
    """A group by phone numbers, without members, unless told otherwise."""
    return CustomerGroup.objects.create(**{"title": f"Group {next(numbers)}", **fields})


def make_member(of: Audience | CustomerGroup, customer: Customer) -> None:
    """The customer in a fixed audience or a group, past the ways in and what they refuse."""
    of.members.create(customer=customer)


def make_altshop(**fields: Any) -> AltShop:
    number = next(numbers)
    return AltShop.objects.create(
        **{
            "key": f"shop-{number}",
            "name": f"Shop {number}",
            "host": f"shop-{number}.example.com",
            **fields,
        }
    )


def picture_file(size: tuple[int, int] = (64, 48), colour: str = "#c0392b") -> io.BytesIO:
    out = io.BytesIO()
    Pillow.new("RGB", size, colour).save(out, "PNG")
    out.seek(0)
    return out


def make_image(title: str = "Picture") -> Image:
    return add_picture(title=title, file=picture_file())


def make_offer(*, altshops: list[AltShop] | None = None, **fields: Any) -> PrivateOffer:
    """An active private offer around NOON, in the given altshops (default: one of its own)."""
    number = next(numbers)
    image = fields.pop("image", None) or make_image()
    pictures = dict.fromkeys(("picture", "small_image", "medium_image", "big_image"), image)
    offer = PrivateOffer.objects.create(
        **{
            "name": f"offer-{number}",
            "visible_name": f"Offer {number}",
            "description": "What you get.",
            "validity_text": "All June",
            "type": PrivateOffer.Type.ONLINE_AND_RETAIL,
            "start": NOON - DAY,
            "end": NOON + DAY,
            "link_type": PrivateOffer.LinkType.CUSTOM_VIEW,
            "object_id": "42",
            **pictures,
            **fields,
        }
    )
    offer.altshops.set(altshops if altshops is not None else [make_altshop()])
    return offer
