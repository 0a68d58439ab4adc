"""Django's PostgreSQL backend, on the embedded server: it runs whenever it is connected to."""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the server for the first connection, and again if it was killed."""

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's; also asked by the worker, which then connects without Django."""
        if not settings.EMBEDDED_POSTGRES.in_use:
            settings.EMBEDDED_POSTGRES.ensure_running()
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; if that fails for whatever reason, see to the server and try once more."""
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            settings.EMBEDDED_POSTGRES.ensure_running()
            return super().get_new_connection(conn_params)
