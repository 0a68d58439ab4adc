"""What must be set before this site may serve strangers."""

import environ
from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 40


def refuse_unsafe(*, secret_key: str, allowed_hosts: list[str], env: environ.Env) -> None:
    """Raise ImproperlyConfigured naming everything that is missing, all at once."""
    missing = []
    if len(secret_key) < SHORTEST_SECRET:
        missing.append(f"SECRET_KEY: {SHORTEST_SECRET} or more random characters")
    if not allowed_hosts or "*" in allowed_hosts:
        missing.append("ALLOWED_HOSTS: the host names of your altshops, separated by commas")
    if not env.str("EMAIL_URL", default=""):
        missing.append("EMAIL_URL: where sign-in codes are sent from, such as smtp://host:25")
    if missing:
        raise ImproperlyConfigured(
            "Bespoke does not start with DEBUG off until these are set in the environment "
            "or in .env:\n  " + "\n  ".join(missing) + "\n"
            "To try it out on this machine instead, use `make run`, or set DEBUG=1."
        )
