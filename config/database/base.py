"""Django's PostgreSQL backend, on the embedded server: it runs whenever it is connected to."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base, client

from config.postgres import Cluster


def _cluster() -> Cluster:
    cluster: Cluster | None = settings.EMBEDDED_POSTGRES
    if cluster is None:
        raise ImproperlyConfigured("The engine config.database needs EMBEDDED_POSTGRES.")
    return cluster


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`, which connects without Django."""

    def runshell(self, parameters: Iterable[str]) -> None:
        """As Django's, on a running server."""
        _cluster().ensure_running()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the server for the first connection, and again if it was killed."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's; pools and the worker ask as well, who then connect without Django."""
        _cluster().keep_running()
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; if that fails for whatever reason, see to the server and try once more."""
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            _cluster().ensure_running()
            return super().get_new_connection(conn_params)
