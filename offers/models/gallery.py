import uuid

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.history import changes
from offers.models.showcase import moves_showcase


def unguessable_name(image: "Image", filename: str) -> str:
    """A path that tells nobody what is on the picture or how many others there are."""
    return f"gallery/{uuid.uuid4().hex}.webp"


@pghistory.track(*changes())
class Image(models.Model):
    """A picture of the gallery. Both files are made by offers/gallery.py from what was uploaded."""

    title = models.CharField(_("title"), max_length=200)
    file = models.ImageField(_("picture"), upload_to=unguessable_name)
    thumbnail = models.ImageField(upload_to=unguessable_name, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("image gallery")
        ordering = ["-id"]
        triggers = moves_showcase("image")

    def __str__(self) -> str:
        return self.title
