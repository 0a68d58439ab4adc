"""The door of the back-office: where it is and how staff knock."""

from django.test import Client

DOOR = "/admin/login/"
PASSWORD = "correct-horse-7"


def knock(client: Client, email: str, password: str = PASSWORD, query: str = ""):
    return client.post(f"{DOOR}{query}", {"login": email, "password": password})
