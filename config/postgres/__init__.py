"""The PostgreSQL server that the program brings along and runs beside itself.

It starts with the first connection and stops with the last process that used it; `DATABASE_URL`
replaces it. Nothing here needs Django.
"""

from config.postgres.cluster import Cluster
from config.postgres.programs import ServerError

__all__ = ["Cluster", "ServerError"]
