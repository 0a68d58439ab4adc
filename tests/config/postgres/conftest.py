"""Clusters in folders of their own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.postgres import Cluster
from tests.config.postgres.servers import make, open_folder


@pytest.fixture
def place() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A cluster's folder, made once and stopped."""
    with open_folder() as folder:
        yield make(folder / "pg")


@pytest.fixture
def cluster(made: Path, place: Path) -> Cluster:
    return Cluster(shutil.copytree(made, place / "pg"), durable=False)
