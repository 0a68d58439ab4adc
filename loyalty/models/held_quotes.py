import uuid

from django.db import models

from promotions.models import EVERYBODY


class HeldQuote(models.Model):
    """A quote that a customer was shown and may pay until `expires_at`, whatever changes.

    Its token becomes the purchase's public id: under it the uses of limits are claimed already.
    """

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)
    customer_id = models.IntegerField(default=EVERYBODY)
    body_hash = models.BinaryField(max_length=32)
    """Of the basket, without what only a confirmation says."""
    quote = models.JSONField()
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["expires_at"], name="held_quote_to_expire")]

    def __str__(self) -> str:
        return str(self.token)
