"""Jobs in each of their states: shared by the tests of their pages."""

from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from imports.models import Job
from offers.models import PrivateOffer
from tests.imports import runs
from tests.imports.runs import EMAILS, WITHDRAWAL, changed, imported

IMPORT = "/admin/imports/job/add/"
LIST = "/admin/imports/job/"
ROWS = b"Email,Offer ID\nann@example.com,cakes\nbob@example.com,cakes\nnobody,cakes\n"


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def upload(client: Client, data: bytes = ROWS, name: str = "list.csv", query: str = "", **fields):
    file = SimpleUploadedFile(name, data)
    return client.post(IMPORT + query, {"type": EMAILS, "file": file, **fields})


def job_page(job: Job) -> str:
    return f"{LIST}{job.pk}/change/"


def checked(data: bytes = ROWS, **fields: Any) -> Job:
    return runs.checked(EMAILS, data, **fields)


def done() -> Job:
    return imported(EMAILS, ROWS)


def withdrawn(offer: PrivateOffer) -> Job:
    return changed(WITHDRAWAL, offer=offer.pk)
