from django.db import models


class Event(models.Model):
    """What happened, for other systems to read in order: the outbox. Written with what it says.

    Numbers are drawn before transactions end, so that a higher one may be seen first: readers wait
    for the lower ones (purchases/outbox.py).
    """

    class Kind(models.TextChoices):
        CONFIRMED = "purchase.confirmed"
        CANCELLED = "purchase.cancelled"
        RETURNED = "purchase.returned"

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=30, choices=Kind)
    at = models.DateTimeField()
    customer_id = models.IntegerField()
    purchase_id = models.BigIntegerField()
    content = models.JSONField()

    class Meta:
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
