import pytest
from django.test import override_settings

from tests.config.matrix.all_rows import ROWS
from tests.config.matrix.asking import Matrix, TakenBack


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def nothing_recorded():
    """Django's test client copies each template's context for tests that look at it; none here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
        yield


@pytest.fixture(scope="module")
def matrix(django_db_setup, django_db_blocker, pictures, nothing_recorded):
    """One world for all rows: every cell takes back what it changed."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=pictures), TakenBack():
        yield Matrix(ROWS)


@pytest.fixture(autouse=True)
def same_pictures(own_files, settings, pictures):
    settings.MEDIA_ROOT = pictures
