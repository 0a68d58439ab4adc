"""API keys as those who call the API send them."""

from customers.keys import issue
from customers.models import User
from tests.factories import NOON


def key_of(user: User, *scopes: str) -> dict[str, str]:
    """The headers with a new key that this user made."""
    _, secret = issue(name="ERP", scopes=scopes, user=user, at=NOON)
    return {"Authorization": f"Bearer {secret}"}
