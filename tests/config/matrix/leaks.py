"""What must not be read in an answer: other people's things, by the names that world.py gives."""

import re

from customers.models import User
from tests.config.matrix.tables import Row

PEOPLE = ("ann", "ben")
THINGS = "(?:email|surname|offer|product|promotion|comment|bonus|receipt)"

OF_STAFF = {
    r"hidden-audience": r"customers\.\w+_audience",
    r"hidden-colleague": r"customers\.\w+_(user|apikey)|offers\.import_assignments",
    r"hidden-discount": r"promotions\.\w+_discount",
    r"hidden-group": r"customers\.(\w+_customergroup|change_members)",
    r"hidden-key": r"customers\.\w+_apikey",
    r"hidden-personal-offer": r"loyalty\.\w+_personaloffer|loyalty\.\w+_items",
    r"hidden-role": r"auth\.\w+_group|customers\.\w+_user",
    r"hidden\.csv|hidden-reject": r"offers\.import_assignments",
    r"(?:ann|ben)-(?:email|surname)|4860010010[12]": (
        r"customers\.\w+_customer|offers\.(export_assignments|see_as_customer)"
    ),
    r"(?:ann|ben)-offer": r"offers\.(\w+_(privateoffer|assignments)|see_as_customer)",
    r"(?:ann|ben)-promotion": r"promotions\.(PersonalizedPromotions|\w+_discount)",
    r"(?:ann|ben)-comment": r"loyalty\.\w+_batch",
    r"(?:ann|ben)-bonus": r"loyalty\.\w+_(personaloffer|items)|promotions\.\w+_discount",
}
"""What staff, and keys in their name, may read only with a permission that speaks of it."""
OF_ALL = "customers.export_personal_data"
"""Who has this may take out whatever is known of a customer."""


def read_wrongly(text: str, row: Row, column: str, user: User | None) -> list[str]:
    """What is there that this asker may not read."""
    if row.route.startswith("/account/"):
        others = [person for person in PEOPLE if person != column]
        return _found(text, [f"{person}-{THINGS}" for person in others])
    held = user.get_all_permissions() if user else set()
    hidden = [each for each, need in OF_STAFF.items() if not _holds(held, f"{need}|{OF_ALL}")]
    if row.route.startswith("/api/") and "<customer>" in row.route:
        hidden.append(f"ben-{THINGS}")
    return _found(text, hidden)


def lacking(text: str, row: Row, column: str) -> str | None:
    """What of SHOWS is not there, for whom it must be: it would not prove that others lack it."""
    wanted = f"{column if column in PEOPLE else PEOPLE[0]}-{row.shows}"
    must = row.shows and column in (*PEOPLE, "key", "need")
    return wanted if must and wanted not in text else None


def _holds(held: set[str], need: str) -> bool:
    return any(re.fullmatch(need, permission) for permission in held)


def _found(text: str, hidden: list[str]) -> list[str]:
    return sorted({found for each in hidden for found in re.findall(each, text)})
