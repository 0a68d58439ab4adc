"""Imports of receipts: files, runs, and what is there then; shared by their tests."""

from typing import Any

from imports.models import Job
from loyalty.models import Purchase, PurchaseLine
from tests.imports.runs import imported, rejects

SLUG = "receipts"
HEADER = "Receipt,Date,Customer,Point of sale,Product,Quantity,Unit price"
TEA = "R1,2026-09-01 08:26:00,ann@example.com,P1,TEA,2,10.00"
MILK = "R1,2026-09-01 08:26:00,ann@example.com,P1,5901234123457,0.455,1.99"


def data(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def run(*lines: str, header: str = HEADER, **fields: Any) -> Job:
    return imported(SLUG, data(*lines, header=header), **fields)


def bought() -> dict[str, list[tuple[Any, ...]]]:
    """Code, product, quantity, price and total of each line, by receipt."""
    return {
        purchase.receipt: [
            (line.code, line.product_id, line.quantity, line.unit_price, line.total)
            for line in PurchaseLine.objects.filter(
                customer_id=purchase.customer_id, purchase_id=purchase.id
            ).order_by("number")
        ]
        for purchase in Purchase.objects.all()
    }


def codes(job: Job) -> list[str]:
    """Why lines were refused, in the file's order."""
    return [code for code, _, _ in sorted(rejects(job), key=lambda each: each[2])]
