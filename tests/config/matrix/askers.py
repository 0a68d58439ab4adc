"""Who asks: the columns of the tables."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from config.demo import ROLES
from customers.keys import Scope, issue
from customers.models import User
from tests.config.matrix.tables import Row
from tests.config.matrix.world import World
from tests.factories import DAY, make_staff
from tests.pages import signed_in

ASKERS: dict[str, str] = {
    "anon": "nobody is signed in",
    "cust": "a customer",
    "ann": "the customer whose things are asked for",
    "ben": "another customer",
    "none": "staff without any permission",
    "mktg": "staff in the demo's role Marketing",
    "oper": "staff in the demo's role Operations",
    "need": "staff with exactly what the row needs",
    "super": "a superuser",
    "nokey": "the API without a key",
    "wrong": "a key that does not exist",
    "scope": "a superuser's key with every scope but the needed one",
    "maker": "a key with the needed scope, whose maker has no permission",
    "key": "a key with the needed scope alone, whose maker has exactly what the row needs",
    "browser": "a superuser signed in to the back-office, without a key",
}


class Askers:
    """Makes each once: who they are, and what their requests carry."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.known: dict[Any, Any] = {}

    def user(self, column: str, row: Row) -> User | None:
        """None for strangers."""
        permissions = tuple(need for need in row.needs if ":" not in need)
        makers: dict[str, Callable[[], User | None]] = {
            "cust": lambda: self.world.ben.user,
            "ann": lambda: self.world.ann.user,
            "ben": lambda: self.world.ben.user,
            "none": lambda: self._staff(),
            "maker": lambda: self._staff(),
            "mktg": lambda: self._in_role("Marketing"),
            "oper": lambda: self._in_role("Operations"),
            "need": lambda: self._staff(*permissions),
            "key": lambda: self._staff(*permissions),
            "super": lambda: self._superuser(),
            "scope": lambda: self._superuser(),
            "browser": lambda: self._superuser(),
        }
        return makers.get(column, lambda: None)()

    def cookies(self, column: str, row: Row) -> dict[str, str]:
        if column in ("nokey", "wrong", "scope", "maker", "key"):
            return {}
        user = self.user(column, row)
        if user is None:
            return {}
        return self._once(("session", user.pk), lambda: _cookies_of(user))

    def headers(self, column: str, row: Row) -> dict[str, str]:
        if column == "wrong":
            return _bearer("bsp_nobody-was-ever-given-this-key")
        needed = [need for need in row.needs if ":" in need]
        if column == "scope":
            scopes = [scope for scope in Scope.values if scope not in needed]
        elif column in ("maker", "key"):
            scopes = needed
        else:
            return {}
        user = self.user(column, row)
        return self._once(("key", user.pk, *scopes), lambda: _key_of(user, scopes))

    def _staff(self, *permissions: str) -> User:
        return self._once(("staff", *permissions), lambda: make_staff(*permissions))

    def _superuser(self) -> User:
        return self._once("superuser", lambda: make_staff(is_superuser=True))

    def _in_role(self, name: str) -> User:
        def made() -> User:
            role = Group.objects.create(name=name)
            role.permissions.set(Permission.objects.filter(ROLES[name]))
            user = make_staff()
            user.groups.add(role)
            return user

        return self._once(name, made)

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]


def _cookies_of(user: User) -> dict[str, str]:
    return {name: morsel.value for name, morsel in signed_in(user).cookies.items()}


def _key_of(user: User, scopes: list[str]) -> dict[str, str]:
    key, secret = issue(name="matrix", scopes=scopes, user=user, at=timezone.now())
    # Use is noted once a minute, which no refused request may look like, however long this takes.
    key.last_used_at = timezone.now() + DAY
    key.save()
    return _bearer(secret)


def _bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}
