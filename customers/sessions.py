"""Who is signed in, looked up by every request: Django's sessions and users, by planned statements.

Nothing is remembered between requests, so that signing out, switching a user off and a session's
end take effect at once.
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from customers.models import User
from customers.planned import fetch_one

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
FIELDS = [field.attname for field in User._meta.concrete_fields]
# Columns of a model without renamed ones are called as its attributes.
USER = f"SELECT {', '.join(FIELDS)} FROM {User._meta.db_table} WHERE id = %s"


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        row = fetch_one(SESSION, [self.session_key, timezone.now()])
        if row:
            return Session(session_data=row[0])
        self._session_key = None
        return None


class UserBackend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        row = fetch_one(USER, [user_id])
        user = row and User.from_db("default", FIELDS, row)
        return user if user and self.user_can_authenticate(user) else None
