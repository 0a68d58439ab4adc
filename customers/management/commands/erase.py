"""`manage.py erase`: the job of the customer's page, run in this process."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from customers.api import customer_at
from imports import jobs, worker
from imports.answers import Problem
from imports.models import State


class Command(BaseCommand):
    help = "Erase a customer from the whole database and from every stored file, for good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "customer", metavar="CUSTOMER", help="id:42, email:…, phone:… or external:…"
        )
        parser.add_argument("--yes", action="store_true", help="erase without asking")

    def handle(self, *, customer: str, yes: bool, **options: Any) -> None:
        try:
            number = customer_at(customer).pk
        except Problem as problem:
            raise CommandError(problem.detail) from None
        if not (yes or self._agreed(number)):
            raise CommandError("Nothing was erased. Answer with the id, or add --yes.")
        try:
            job = jobs.start(
                type="customer-erasure",
                user=None,
                options={"customer": number},
                in_background=False,
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        worker.apply(job.pk)
        job.refresh_from_db()
        if job.state != State.DONE:
            raise CommandError(job.message)
        self.stdout.write("\n".join([f"id:{number} is erased.", *job.notes]))

    def _agreed(self, number: int) -> bool:
        if not sys.stdin.isatty():
            return False
        self.stderr.write(f"This cannot be undone. Erase id:{number}? Type the id: ", ending="")
        self.stderr.flush()
        return sys.stdin.readline().strip() == f"id:{number}"
