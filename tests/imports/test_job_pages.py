"""The page of each job and the list of them (T12, T34, T36)."""

import json

import pytest
from django.test import Client

from imports import worker
from imports.models import Job, State
from offers.models import Assignment
from tests.factories import make_offer
from tests.imports.import_jobs import IMPORT, LIST, checked, done, job_page, text, upload, withdrawn
from tests.imports.runs import EMAILS
from tests.pages import links, staff_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marketer() -> Client:
    return staff_with("offers.import_assignments")


def test_a_checked_job_shows_the_difference_and_the_reasons_T34(marketer):
    make_offer(name="cakes")
    page = text(marketer.get(job_page(checked())))
    assert "<strong>2</strong> will be created" in page
    assert "<strong>1</strong> rejected, will be left out" in page
    assert "Import 2 rows" in page
    row = '<th scope="row">This is not an e-mail address.</th>'
    assert f'{row}<td class="im-number">1</td><td class="im-number">4</td>' in page
    assert Assignment.objects.count() == 0


def test_a_file_that_changes_nothing_can_only_be_cancelled(marketer):
    make_offer(name="cakes")
    done()
    page = text(marketer.get(job_page(checked())))
    assert "There is nothing to import" in page
    assert "/confirm/" not in page


def test_confirming_twice_applies_once(marketer):
    make_offer(name="cakes")
    job = checked()
    for _press in range(2):
        response = marketer.post(f"{LIST}{job.pk}/confirm/")
        assert (response.status_code, response.url) == (302, job_page(job))
    worker.apply(job.pk)
    worker.apply(job.pk)
    page = text(marketer.get(job_page(job)))
    assert "<strong>2</strong> created" in page
    assert Assignment.objects.count() == 2


def test_from_what_was_done_to_one_offer_leads_a_way_to_it_for_whoever_may_see_it():
    offer = make_offer(name="cakes")
    way = ("Open “cakes”", f"/admin/offers/privateoffer/{offer.pk}/change/")
    rights = ("offers.import_assignments", "offers.withdraw_assignments")
    viewer = staff_with(*rights, "offers.view_privateoffer")
    of_any, of_one = done(), withdrawn(offer)
    assert way in links(viewer.get(job_page(of_one)))
    assert way not in links(staff_with(*rights).get(job_page(of_one)))
    assert way not in links(viewer.get(job_page(of_any)))
    offer.delete()
    assert way not in links(viewer.get(job_page(of_one)))


def test_a_cancelled_job_changes_nothing_and_cannot_be_confirmed(marketer):
    make_offer(name="cakes")
    job = checked()
    marketer.post(f"{LIST}{job.pk}/cancel/")
    marketer.post(f"{LIST}{job.pk}/confirm/")
    assert "Cancelled. Nothing was changed" in text(marketer.get(job_page(job)))


def test_undo_asks_first_and_says_what_will_happen(marketer):
    make_offer(name="cakes")
    job = done()
    page = text(marketer.get(f"{LIST}{job.pk}/undo/"))
    assert f"Undo import {job.pk}?" in page
    assert "What this import created is deleted" in page
    job.refresh_from_db()
    assert job.state == State.DONE
    marketer.post(f"{LIST}{job.pk}/undo/")
    worker.undo(job.pk)
    assert "Undone. The import has no effect any more" in text(marketer.get(job_page(job)))
    assert Assignment.objects.count() == 0


def test_a_refused_file_says_why_and_what_to_do_T34(marketer):
    page = text(marketer.get(job_page(checked(b"Mail\nann@example.com\n"))))
    assert "The file has no column “Email”, “Offer ID”." in page
    assert "Mend the file and upload it again." in page


def test_deleted_emails_are_told_in_fitting_words_T12():
    client = staff_with("offers.withdraw_assignments")
    offer = make_offer(name="cakes")
    done()
    job = withdrawn(offer)
    page = text(client.get(job_page(job)))
    assert "2 e-mails deleted" in page
    assert "Delete emails of a private offer: cakes" in page
    assert "assigned to the offer again" in text(client.get(f"{LIST}{job.pk}/undo/"))


def test_the_rejects_come_as_a_file_that_no_cache_keeps_T34(marketer):
    make_offer(name="cakes")
    job = done()
    response = marketer.get(f"{LIST}{job.pk}/rejects.csv")
    assert "no-store" in response["Cache-Control"].split(", ")
    assert (
        response["Content-Disposition"] == f'attachment; filename="{EMAILS}-rejects-{job.pk}.csv"'
    )
    content = b"".join(response).decode()
    response.close()
    assert content.splitlines() == [
        "Email,Offer ID,Line,Reason",
        "nobody,cakes,4,This is not an e-mail address.",
    ]


def test_progress_is_told_to_the_page_alone(marketer):
    make_offer(name="cakes")
    upload(marketer)
    job = Job.objects.get()
    response = marketer.get(f"{LIST}{job.pk}/progress/", headers={"x-background": "1"})
    told = {"state": "checking", "running": True, "step": "", "percent": 0, "waiting": ""}
    assert json.loads(response.content) == {**told, "headline": "The file is being checked"}


def test_nobody_sees_or_touches_jobs_of_a_type_that_is_not_theirs_T36():
    offer = make_offer(name="cakes")
    job = done()
    ready = checked(b"Email,Offer ID\nnew@example.com,cakes\n")
    withdrawal = withdrawn(offer)
    other = staff_with(
        "offers.withdraw_assignments",
        "imports.view_job",
        "imports.change_job",
        "imports.delete_job",
    )
    for secret in (job, ready):
        for tail in ("change/", "progress/", "rejects.csv", "undo/"):
            assert other.get(f"{LIST}{secret.pk}/{tail}").status_code == 404
        for tail in ("confirm/", "cancel/", "undo/", "delete/"):
            assert other.post(f"{LIST}{secret.pk}/{tail}").status_code == 404
    states = dict(Job.objects.values_list("pk", "state"))
    assert states == {job.pk: "done", ready.pk: "ready", withdrawal.pk: "done"}
    page = text(other.get(LIST))
    assert "list.csv" not in page
    assert job_page(withdrawal) in page
    assert other.get(IMPORT).status_code == 403
    assert other.get(f"{LIST}example/{EMAILS}.csv").status_code == 403
    assert staff_with("imports.view_job").get(LIST).status_code == 403


@pytest.mark.parametrize("step", ["confirm", "cancel"])
def test_a_step_is_a_post_with_the_pages_token(marketer, step):
    make_offer(name="cakes")
    job = checked()
    assert marketer.get(f"{LIST}{job.pk}/{step}/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = marketer.cookies
    assert strict.post(f"{LIST}{job.pk}/{step}/").status_code == 403
    job.refresh_from_db()
    assert job.state == State.READY


def test_jobs_are_not_edited_or_deleted_by_the_admins_forms():
    boss = staff_with(is_superuser=True)
    make_offer(name="cakes")
    job = checked()
    boss.post(job_page(job), {"state": "done"})
    assert boss.post(f"{LIST}{job.pk}/delete/", {"post": "yes"}).status_code == 404
    job.refresh_from_db()
    assert job.state == State.READY


def test_the_list_says_state_and_counts_in_as_many_queries_at_one_job_as_at_three(
    marketer, django_assert_num_queries
):
    offer = make_offer(name="cakes")
    boss = staff_with(is_superuser=True)
    checked(b"Email\nnew@example.com\nnobody\n", options={"offer": offer.pk})
    boss.get(LIST)
    with django_assert_num_queries(6):
        page = text(boss.get(LIST))
    assert "1 created, 1 rejected" in page
    checked(b"Email\na@example.com\n", options={"offer": offer.pk})
    checked(b"Email\nb@example.com\n", options={"offer": make_offer(name="tea").pk})
    with django_assert_num_queries(6):
        page = text(boss.get(LIST))
    assert "Customer private offer: tea" in page


def test_the_list_is_filtered_by_type_and_state():
    boss = staff_with(is_superuser=True)
    offer = make_offer(name="cakes")
    imported, refused, withdrawal = done(), checked(b"x\n1\n"), withdrawn(offer)
    found = {
        query: {
            job.pk
            for job in (imported, refused, withdrawal)
            if job_page(job) in text(boss.get(f"{LIST}?{query}"))
        }
        for query in ("state=refused", "state=done", f"type={EMAILS}")
    }
    assert found == {
        "state=refused": {refused.pk},
        "state=done": {imported.pk, withdrawal.pk},
        f"type={EMAILS}": {imported.pk, refused.pk},
    }
