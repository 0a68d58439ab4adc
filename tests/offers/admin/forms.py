"""The form of a private offer, as it is and as it is sent."""

import re

LIST = "/admin/offers/privateoffer/"
ADD = f"{LIST}add/"
EDITOR = tuple(f"offers.{verb}_privateoffer" for verb in ("view", "add", "change"))
GROUPS_SEEN = ("customers.view_customergroup",)
TARGETS_SEEN = (*GROUPS_SEEN, "customers.view_audience")


def shown_value(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode()).group(1)


def changed(offer, client, **entries):
    """The answer to posting the offer's form as it is, but for these entries."""
    page = client.get(f"{LIST}{offer.pk}/change/")
    form = page.context["adminform"].form
    values = {
        name: field.value() for name in form.fields if (field := form[name]).value() is not None
    }
    values = {name: value for name, value in values.items() if value is not False}
    values |= {name: shown_value(page, name) for name in ("start", "end")}
    values["altshops"] = [shop.pk for shop in offer.altshops.all()]
    return client.post(f"{LIST}{offer.pk}/change/", values | entries)
