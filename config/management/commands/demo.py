"""`manage.py demo`: altshops, offers, people and customers to try everything out with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config import demo


class Command(BaseCommand):
    help = "Fill an empty database with demo data, or add customers to the demo's."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--customers",
            type=int,
            default=demo.CUSTOMERS,
            metavar="N",
            help=f"how many there shall be in all ({demo.CUSTOMERS})",
        )

    def handle(self, *args: Any, customers: int, **options: Any) -> None:
        at = timezone.now()
        with transaction.atomic():
            if not demo.is_there():
                self.refuse_unless_empty()
                self.stdout.write("Drawing the pictures of the demo …")
                demo.load(at=at, pictures=demo.draw_pictures())
            self.stdout.write(f"Making {customers:,} customers …")
            made = demo.add_customers(customers, at=at)
        self.stdout.write(
            self.style.SUCCESS(f"{made:,} customers were made; the demo is complete.")
            if made
            else "The demo is already here: nothing was changed."
        )
        self.stdout.write("\n".join(["", *demo.to_try()]))

    def refuse_unless_empty(self) -> None:
        if not demo.has_room():
            raise CommandError(
                "This database holds altshops, offers or customers of yours, and the demo would "
                "mix with them. Use an empty database: set STATE_DIR or DATABASE_URL to another."
            )
