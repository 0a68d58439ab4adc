from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.stages import LoginByCodeStage, LoginStage
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from customers.sign_in.codes import CodeSignIn
from customers.sign_in.forms import AddressForm, CodeForm


class RequestCode(RequestLoginCodeView):
    """Asks for the address. Limited per network address and per e-mail address."""

    form_class = AddressForm

    def _redirect_to_pending_stage(
        self, request: HttpRequest, stage: LoginStage
    ) -> HttpResponseRedirect | None:
        """Who mistyped the address may come back and correct it."""
        return None

    def form_valid(self, form: AddressForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        refusal = ratelimit.consume_or_429(self.request, action="request_login_code", key=email)
        if refusal:
            return refusal
        CodeSignIn.begin(request=self.request, email=email)
        return redirect(self.get_success_url())


@method_decorator(
    login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_request_login_code"),
    name="dispatch",
)
class ConfirmCode(ConfirmLoginCodeView):
    """Asks for the code."""

    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.stage = request._login_stage  # type: ignore[attr-defined]
        process = CodeSignIn.resume(self.stage)
        if not process:
            messages.info(request, _("That code has expired. Ask for a new one."))
            return redirect("account_request_login_code")
        self._process = process
        # Past allauth's own dispatch, which would resume a process that knows the user.
        return super(ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Counts in the shared cache: the session's own count misses guesses sent at once."""
        state = self._process.state
        code_sent = f"{state['email']} {state['at']}"
        refusal = ratelimit.consume_or_429(request, action="confirm_login_code", key=code_sent)
        return refusal or super().post(request, *args, **kwargs)
