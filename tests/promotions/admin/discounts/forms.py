"""The form of a discount, as it is sent."""

from tests.offers.admin.forms import GROUPS_SEEN, TARGETS_SEEN

LIST = "/admin/promotions/discount/"
ADD = f"{LIST}add/"
EDITOR = tuple(f"promotions.{verb}_discount" for verb in ("view", "add", "change"))
ALL_SEEN = (*EDITOR, *TARGETS_SEEN)
__all__ = ["ADD", "ALL_SEEN", "EDITOR", "GROUPS_SEEN", "LIST", "cards", "confirmed", "entries"]


def entries(**changed):
    """20% off everything in 2030, unless told otherwise; None takes an entry out."""
    found = {
        "name": "Everything",
        "is_active": "on",
        "start": "2030-06-01T00:00",
        "end": "2030-07-01T00:00",
        "time_zone": "Europe/Warsaw",
        "kind": "percentage",
        "value": "20",
        "scope": "units",
        "currency": "",
        "action": "products",
        "contents": "all",
        "goods": "",
        "repeat": "once",
        "match": "all",
        "stacking": "one_per_item",
        "priority": "100",
        **cards("sets"),
        **cards("conditions"),
        **changed,
    }
    return {name: value for name, value in found.items() if value is not None}


def cards(prefix, *rows, initial=0):
    """The cards of a formset; `initial` of them are there already."""
    found = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 20,
    }
    plain = {"sets": {"contents": "chosen", "required": "1", "discounted": "1"}, "conditions": {}}
    for place, row in enumerate(rows):
        for name, value in {**plain[prefix], "ORDER": place + 1, **row}.items():
            found[f"{prefix}-{place}-{name}"] = value
    return found


def confirmed(client, url, sent):
    """The answer after the warnings that came first, if any did."""
    answer = client.post(url, sent)
    if answer.status_code == 200:
        form = answer.context["adminform"].form
        answer = client.post(url, {**sent, "confirmation": form.confirmation})
    return answer
