"""Where our rules differ from allauth's."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.http import HttpRequest
from django.urls import reverse

from customers.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Addresses live in `User.email` alone: allauth's table of addresses stays empty."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if request.user.is_staff:
            return reverse("admin:index")
        return super().get_login_redirect_url(request)

    def reauthenticate(self, user: User, password: str) -> bool:
        known = self.authenticate(context.request, email=user.email, password=password)
        return known is not None and known.pk == user.pk

    def is_reauthentication_required(self, **kwargs: Any) -> bool:
        """Who has just signed in isn't asked for the password again."""
        records = get_authentication_records(context.request, context.request.user)
        just_now = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        if any(record["at"] > just_now for record in records):
            return False
        return super().is_reauthentication_required(**kwargs)
