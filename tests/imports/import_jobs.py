"""Jobs in each of their states, and who is signed in: shared by the tests of their pages."""

from html import unescape

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from imports import jobs, worker
from imports.models import Job
from tests.factories import make_staff

IMPORT = "/admin/imports/job/add/"
LIST = "/admin/imports/job/"
TYPE = "private-offer-emails"
ROWS = b"Email,Offer ID\nann@example.com,cakes\nbob@example.com,cakes\nnobody,cakes\n"


def signed_in(*permissions: str, **fields) -> Client:
    client = Client()
    client.force_login(make_staff(*permissions, **fields))
    return client


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def upload(client: Client, data: bytes = ROWS, name: str = "list.csv", query: str = "", **fields):
    file = SimpleUploadedFile(name, data)
    return client.post(IMPORT + query, {"type": TYPE, "file": file, **fields})


def job_page(job: Job) -> str:
    return f"{LIST}{job.pk}/change/"


def checked(data: bytes = ROWS, **fields) -> Job:
    file = ContentFile(data, name="list.csv")
    job = jobs.start(type=TYPE, user=None, file=file, in_background=False, **fields)
    worker.check(job.pk)
    job.refresh_from_db()
    return job


def done(data: bytes = ROWS) -> Job:
    job = checked(data)
    jobs.confirm(job, in_background=False)
    worker.apply(job.pk)
    job.refresh_from_db()
    return job


def withdrawn(offer) -> Job:
    job = jobs.start(
        type="private-offer-emails-withdrawal",
        user=None,
        options={"offer": offer.pk},
        in_background=False,
    )
    worker.apply(job.pk)
    job.refresh_from_db()
    return job
