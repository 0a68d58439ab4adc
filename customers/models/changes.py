from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.customers import Customer


class CustomerChange(models.Model):
    """Who created or changed a customer by hand or by the API, when, and which fields.

    Never what stood there: old personal data must not outlive the change. Imports are not
    here, they change millions at once; what they did stands in their undo records.
    """

    class Way(models.TextChoices):
        BACKOFFICE = "backoffice", _("back-office")
        API = "api", _("API")

    customer = models.ForeignKey(Customer, models.CASCADE, db_index=False, related_name="changes")
    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    way = models.CharField(max_length=10, choices=Way)
    created = models.BooleanField(default=False)
    # Names of the model's fields and keys of attributes.
    fields = ArrayField(models.CharField(max_length=50), default=list)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["customer", "id"], name="customer_change_of")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.at:%Y-%m-%d %H:%M}"
