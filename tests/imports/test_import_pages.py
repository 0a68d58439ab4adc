"""The Import page (T11, T26, T32)."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from imports import jobs
from imports.models import Job, State
from tests.factories import make_offer
from tests.imports.import_jobs import IMPORT, LIST, ROWS, checked, job_page, text, upload
from tests.imports.runs import EMAILS
from tests.pages import staff_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marketer() -> Client:
    return staff_with("offers.import_assignments")


def test_the_import_page_lists_every_importable_type_with_its_columns_T32():
    page = text(staff_with(is_superuser=True).get(IMPORT))
    assert page.count('name="type"') == len(jobs.registry.importable()) > 0
    assert "Customer private offer" in page
    assert "<code>Offer ID</code></th><td>required" in page


def test_the_page_lists_only_types_that_the_user_may_import_T32(marketer):
    assert text(marketer.get(IMPORT)).count('name="type"') == 1
    assert staff_with("offers.export_assignments").get(IMPORT).status_code == 403


def test_an_upload_starts_a_job_that_waits_for_the_worker_T32(marketer):
    make_offer(name="cakes")
    response = upload(marketer)
    job = Job.objects.get()
    assert (response.status_code, response.url) == (302, job_page(job))
    assert (job.state, job.file_name, job.type) == (State.CHECKING, "list.csv", EMAILS)
    with job.file.open() as file:
        assert file.read() == ROWS


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"file": ""}, "Choose a file."),
        ({"file": SimpleUploadedFile("list.csv", b"")}, "The submitted file is empty."),
        ({"type": ""}, "Choose what the file holds."),
        ({"type": "customers"}, "You may not use this type."),
        ({"type": "private-offer-emails-withdrawal"}, "You may not use this type."),
        ({"encoding": "rot13"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_imported_is_said_and_starts_nothing_T32(marketer, fields, message):
    data = {"type": EMAILS, "file": SimpleUploadedFile("list.csv", ROWS), **fields}
    assert message in text(marketer.post(IMPORT, data))
    assert not Job.objects.exists()


def test_the_row_action_preselects_and_names_the_offer_T11(marketer):
    offer = make_offer(name="cakes & tea")
    query = f"?type={EMAILS}&offer={offer.pk}"
    page = text(marketer.get(IMPORT + query))
    assert "Import to “cakes & tea”" in page
    assert "<code>Offer ID</code></th><td>optional" in page
    upload(marketer, b"Email\nann@example.com\n", query=query)
    assert Job.objects.get().options == {"offer": offer.pk}


def test_a_public_offer_is_refused_kindly_T26(marketer):
    offer = make_offer(is_public=True)
    query = f"?type={EMAILS}&offer={offer.pk}"
    for response in (marketer.get(IMPORT + query), upload(marketer, query=query)):
        assert response.status_code == 200
        assert "A public offer takes no e-mails." in text(response)
    assert not Job.objects.exists()


@pytest.mark.parametrize("number", ["0", "abc", "9" * 30, "-1", "1 OR 1"])
def test_an_offer_that_does_not_exist_is_refused_kindly_T11(marketer, number):
    page = marketer.get(f"{IMPORT}?{urlencode({'type': EMAILS, 'offer': number})}")
    assert "This offer does not exist any more." in text(page)


def test_the_example_is_a_file_that_the_import_reads_T32(marketer):
    make_offer(name="birthday-cakes")
    example = marketer.get(f"{LIST}example/{EMAILS}.csv")
    assert checked(example.content).created == 2
    offer = make_offer(name="tea")
    example = marketer.get(f"{LIST}example/{EMAILS}.csv?offer={offer.pk}")
    assert checked(example.content, options={"offer": offer.pk}).created == 2
