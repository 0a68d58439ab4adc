"""Read what a page of the back-office shows."""

import html
import re

from django.test import Client

from customers.models import User
from tests.factories import make_staff

CELL = re.compile(r'<t[dh] class="field-(\w+)[^>]*>(.*?)</t[dh]>', re.DOTALL)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def staff_with(*permissions, **fields):
    """A browser of staff who have exactly these permissions."""
    return signed_in(make_staff(*permissions, **fields))


def user_of(client):
    """Who is signed in, if anybody."""
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


def text(markup):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def page_text(response):
    body = response.content.decode()
    main = body[body.index('<div class="bo-heading">') :]
    return text(re.sub(r"<(script|style|svg)\b.*?</\1>", " ", main, flags=re.DOTALL))


def rows(response):
    """The list's rows: the text of each cell by the name of its column."""
    body = response.content.decode()
    return [
        {name: text(cell) for name, cell in CELL.findall(row)}
        for row in re.findall(r'<tr class="data-row.*?</tr>', body, re.DOTALL)
    ]


def column(response, name):
    return [row[name] for row in rows(response)]


def headers(response):
    head = re.search(r"<thead>.*?</thead>", response.content.decode(), re.DOTALL)
    found = re.findall(r'<div class="text">(.*?)</div>', head.group(), re.DOTALL) if head else []
    return [text(cell) for cell in found]


def links(response):
    """Pairs of words and address."""
    found = re.findall(
        r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', response.content.decode(), re.DOTALL
    )
    return [(text(words), html.unescape(address)) for address, words in found]


def errors(response):
    """Messages of the form by field."""
    form = response.context["adminform"].form
    return {name: list(messages) for name, messages in form.errors.items()}
