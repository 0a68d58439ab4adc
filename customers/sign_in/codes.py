"""Customers sign in by a code from an e-mail; one page for new and known people alike."""

from typing import Any, Self

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from customers.accounts import AddressTakenError, open_account


class CodeSignIn(LoginCodeVerificationProcess):
    """allauth's process, except that nobody looks up whose the address is before it is proven.

    So strangers can't tell which addresses exist: not from the page, the mail or the time taken.
    """

    @classmethod
    def begin(cls, *, request: HttpRequest, email: str) -> Self:
        """Sends a code to `email` (normalised) and remembers it in the session."""
        login = Login(email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email), initiated_by_user=True)
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> Self | None:
        return cls(stage=stage).abort_if_invalid()

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        get_adapter().send_mail("account/email/login_code", email, {"code": self.generate_code()})

    def finish(self, redirect_url: str | None) -> HttpResponse:
        try:
            user = open_account(email=self.state["email"])
        except AddressTakenError:
            self.abort()
            return self.refuse("account/address_taken.html")
        if user.is_staff:
            self.abort()
            return self.refuse("account/staff.html")
        if not user.is_active:
            self.abort()
            return redirect("account_inactive")
        self._user = user
        return super().finish(redirect_url)

    def refuse(self, template: str) -> HttpResponse:
        context: dict[str, Any] = {"email": self.state["email"]}
        return render(self.request, template, context, status=403)
