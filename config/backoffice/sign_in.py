"""Staff sign in by password, then by their second factor."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.account.stages import LoginStage
from allauth.account.views import LoginView
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.models import User


class StaffSignInForm(LoginForm):
    """Says the same of a wrong password, an unknown address, a customer and a closed account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.user and not self.user.is_staff:
            raise get_adapter().validation_error("email_password_mismatch")
        return cleaned


class StaffSignIn(LoginView):
    """The back-office's only door. Counts attempts per network address and per e-mail address."""

    def _redirect_to_pending_stage(
        self, request: HttpRequest, stage: LoginStage
    ) -> HttpResponseRedirect | None:
        """On to the second factor; but a customer's sign-in left half-way is no reason to."""
        if stage.key != AuthenticateStage.key:
            return None
        return super()._redirect_to_pending_stage(request, stage)

    def get_authenticated_redirect_url(self) -> str:
        return self.get_next_url() or reverse("admin:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ended = getattr(self.request, "session_ended", False) or "ended" in self.request.GET
        return super().get_context_data(**kwargs) | {"ended": ended}


class StaffPasswordResetForm(ResetPasswordForm):
    """Sends every address a mail, so that the time it takes doesn't tell who is staff."""

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        self.users = list(User.objects.filter(email=email, is_active=True, is_staff=True))
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        if self.users:
            return super().save(request, **kwargs)
        email = self.cleaned_data["email"]
        get_adapter().send_mail("account/email/not_staff", email, {})
        return email
