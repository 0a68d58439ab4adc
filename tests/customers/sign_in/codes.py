"""Ask for a code by e-mail, read it, and confirm it."""

import re

from django.core import mail
from django.test import Client

ASK = "/account/sign-in/"
CONFIRM = "/account/sign-in/code/"


def code_sent() -> str:
    return re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE)[0]


def sign_in(client: Client, email: str, **extra):
    client.post(ASK, {"email": email})
    return client.post(CONFIRM, {"code": code_sent(), **extra})
