"""Keys by which other systems use the API: made once, shown once, kept as a hash, revocable."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.planned import fetch_one

SECRET_BYTES = 32
SHOWN = 12  # characters of a key by which people tell keys apart
USE_NOTED_EVERY = dt.timedelta(minutes=1)


class Scope(models.TextChoices):
    PRIVATE_OFFERS_READ = "private-offers:read", _("See which private offers a customer has")
    CUSTOMERS_READ = "customers:read", _("See customers and what is known of them")
    CUSTOMERS_WRITE = "customers:write", _("Add and change customers")
    GROUPS_READ = "groups:read", _("See customer groups and who is in them")
    GROUPS_WRITE = "groups:write", _("Add customers to groups and remove them")
    PROMOTIONS_READ = (
        "promotions:read",
        _("See product lists of personalized promotions and what customers chose"),
    )
    PROMOTIONS_WRITE = (
        "promotions:write",
        _("Change product lists of personalized promotions, and choose for customers"),
    )
    PERSONAL_OFFERS_READ = "personal-offers:read", _("See which personal offers a customer has")
    PERSONAL_OFFERS_WRITE = (
        "personal-offers:write",
        _("Accept and decline personal offers for customers, and give customers items of them"),
    )
    PURCHASES_CALCULATE = "purchases:calculate", _("Ask what baskets cost")
    PURCHASES_WRITE = "purchases:write", _("Confirm, cancel and return purchases, and hold quotes")
    PURCHASES_READ = "purchases:read", _("See purchases and their returns")
    EVENTS_READ = "events:read", _("Read what happened to purchases, in order")
    IMPORTS_WRITE = "imports:write", _("Import files, and see and confirm imports")


class ApiKey(models.Model):
    """A key. It may do what its scopes say as far as its maker may, and ends with its maker."""

    name = models.CharField(_("name"), max_length=100, help_text=_("Which system uses the key."))
    prefix = models.CharField(_("begins with"), max_length=SHOWN, editable=False)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=50, choices=Scope), verbose_name=pgettext_lazy("API key", "may")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("made"), editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        default_permissions = ("add", "view")
        permissions = [("revoke_apikey", _("Can revoke API keys"))]

    permissions: frozenset[str] = frozenset()
    """Of the maker, as of when it was found; those of a superuser are not named."""

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def may(self, permission: str) -> bool:
        """Whether its maker has the permission. No query."""
        return self.created_by.is_superuser or permission in self.permissions


def issue(*, name: str, scopes: Sequence[str], user: Any, at: dt.datetime) -> tuple[ApiKey, str]:
    """A new key and the secret text of it, which nobody can find out later."""
    secret = f"bsp_{secrets.token_urlsafe(SECRET_BYTES)}"
    key = ApiKey.objects.create(
        name=name,
        prefix=secret[:SHOWN],
        hash=_digest(secret),
        scopes=list(scopes),
        created_by=user,
        created_at=at,
    )
    return key, secret


# As Django's own backend sees it: given to the user, or to a group of the user's.
PERMISSIONS = """ARRAY(
    SELECT type.app_label || '.' || permission.codename FROM auth_permission AS permission
    JOIN django_content_type AS type ON type.id = permission.content_type_id
    WHERE NOT maker.is_superuser AND permission.id IN (
        SELECT permission_id FROM customers_user_user_permissions WHERE user_id = maker.id
        UNION ALL SELECT permission_id FROM auth_group_permissions
        JOIN customers_user_groups USING (group_id) WHERE user_id = maker.id
    )
)"""


@cache
def _question() -> tuple[str, list[str], list[str]]:
    """The statement for a key by its hash, and the fields of keys and of makers in it."""
    user = apps.get_model(settings.AUTH_USER_MODEL)
    own, makers = (
        [field.attname for field in model._meta.concrete_fields] for model in (ApiKey, user)
    )
    columns = [f"key.{name}" for name in own] + [f"maker.{name}" for name in makers]
    return (
        f"SELECT {PERMISSIONS}, {', '.join(columns)} FROM customers_apikey AS key"
        " JOIN customers_user AS maker ON maker.id = key.created_by_id"
        " WHERE key.hash = %s AND key.revoked_at IS NULL AND maker.is_active",
        own,
        makers,
    )


def find(secret: str, *, at: dt.datetime) -> ApiKey | None:
    """The key of that text if it is good; its use is noted, at most once a minute.

    One query, or two. A key whose maker's account is closed is none.
    """
    statement, own, makers = _question()
    row = fetch_one(statement, [_digest(secret)])
    if row is None:
        return None
    permissions, *values = row
    key = ApiKey.from_db("default", own, values[: len(own)])
    key.created_by = apps.get_model(settings.AUTH_USER_MODEL).from_db(
        "default", makers, values[len(own) :]
    )
    key.permissions = frozenset(permissions)
    if key.last_used_at is None or key.last_used_at <= at - USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=at)
    return key


def revoke(keys: models.QuerySet[ApiKey], *, at: dt.datetime) -> int:
    """Make keys useless from now on; how many were not yet."""
    return keys.filter(revoked_at=None).update(revoked_at=at)


def _digest(secret: str) -> str:
    # Plain SHA-256 will do: 256 random bits can't be guessed, unlike a password.
    return hashlib.sha256(secret.encode()).hexdigest()
