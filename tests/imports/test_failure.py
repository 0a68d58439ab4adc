"""A step of a job that comes to nothing, and what people are told then."""

import pytest
from django.db import connection
from django.utils import translation

from imports import jobs, worker
from imports.models import Job, State
from offers.models import Assignment
from tests.factories import make_offer, make_staff
from tests.imports.runs import EMAILS, imported

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unforeseen():
    """A fault that no code of ours expects: the offers' counts can't be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RAISE EXCEPTION ''unforeseen''; END'"
        )
    yield "CREATE TRIGGER refuse BEFORE UPDATE ON offers_privateoffer EXECUTE FUNCTION refuse()"
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION refuse() CASCADE")


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_import_that_fails_changes_nothing_and_says_so(unforeseen):
    make_offer(name="cakes")
    execute(unforeseen)
    with pytest.raises(Exception, match="unforeseen"):
        imported(EMAILS, b"Email,Offer ID\nann@example.com,cakes\n")
    job = Job.objects.get()
    assert (job.state, job.message) == (
        State.FAILED,
        "Something unexpected went wrong. Nothing was changed.",
    )
    assert not Assignment.objects.exists()


def test_an_undo_that_fails_leaves_the_import_done_and_can_be_tried_again(unforeseen, client):
    make_offer(name="cakes")
    job = imported(EMAILS, b"Email,Offer ID\nann@example.com,cakes\n")
    execute(unforeseen)
    assert jobs.undo(job, in_background=False)
    with pytest.raises(Exception, match="unforeseen"):
        worker.undo(job.pk)
    job.refresh_from_db()
    assert (job.state, job.can_be_undone) == (State.DONE, True)
    assert Assignment.objects.count() == 1
    client.force_login(make_staff("offers.import_assignments"))
    page = client.get(f"/admin/imports/job/{job.pk}/change/").content.decode()
    assert "It could not be undone and stays as it was. Try again." in page
    execute("DROP TRIGGER refuse ON offers_privateoffer")
    assert jobs.undo(job, in_background=False)
    worker.undo(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message, Assignment.objects.count()) == (State.UNDONE, "", 0)


def test_it_is_said_in_the_language_of_whoever_started_the_job(unforeseen):
    make_offer(name="cakes")
    execute(unforeseen)
    with translation.override("pl"), pytest.raises(Exception, match="unforeseen"):
        imported(EMAILS, b"Email,Offer ID\nann@example.com,cakes\n")
    job = Job.objects.get()
    with translation.override("pl"):
        assert job.message == str(worker.UNEXPECTED)
