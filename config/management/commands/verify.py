"""`manage.py verify`: whether all that must be true of the data is; non-zero if something isn't."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from customers.verification import Finding, stated, verify


class Command(BaseCommand):
    help = "Prove every invariant of the data; exit code 1 if one does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        tell = self.tell_json if options["json"] else self.tell
        broken = 0
        for finding in verify(stated(), at=timezone.now()):
            tell(finding)
            broken += not finding.holds
        if not options["json"]:
            self.stdout.write(
                self.style.ERROR(f"{broken} of {len(stated())} do not hold.")
                if broken
                else self.style.SUCCESS(f"All {len(stated())} hold.")
            )
        if broken:
            sys.exit(1)

    def tell(self, finding: Finding) -> None:
        invariant = finding.invariant
        if finding.holds:
            self.stdout.write(f"✓ {invariant.name}: {invariant.title}")
            return
        self.stdout.write(self.style.ERROR(f"✗ {invariant.name}: {invariant.title}"))
        self.stdout.write(f"  broken {finding.broken} times, for example:")
        for row in finding.evidence:
            pairs = zip(finding.columns, row, strict=True)
            self.stdout.write("  " + ", ".join(f"{name} {value}" for name, value in pairs))

    def tell_json(self, finding: Finding) -> None:
        told = {
            "name": finding.invariant.name,
            "title": str(finding.invariant.title),
            "broken": finding.broken,
            "evidence": [dict(zip(finding.columns, row, strict=True)) for row in finding.evidence],
        }
        self.stdout.write(json.dumps(told, default=str))
