from typing import Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.widgets import SELECT_CLASSES

from offers.models import Image


class TwoLists(FilteredSelectMultiple):
    """Available and Selected (T20); a plain multiple choice without JavaScript."""

    def __init__(self) -> None:
        super().__init__(_("altshops"), is_stacked=False)
        self.attrs |= {
            "class": " ".join(SELECT_CLASSES),
            "data-available": _("Available"),
            "data-selected": _("Selected"),
        }

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["offers/backoffice-altshops.js"])


class PicturePicker(forms.Select):
    """A picture of the gallery, chosen from thumbnails; a plain choice without JavaScript."""

    browse_url = reverse_lazy("admin:offers_image_browse")
    upload_url = reverse_lazy("admin:offers_image_upload")

    class Media:
        js = ["offers/backoffice-pictures.js"]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        image: Image | None = getattr(value, "instance", None)
        if image is not None:
            option["attrs"]["data-thumbnail"] = image.thumbnail.url
        return option

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = {
            "select": super().render(name, value, attrs, renderer),
            "browse_url": self.browse_url,
            "upload_url": self.upload_url,
        }
        return render_to_string("admin/offers/picture_picker.html", context)


class PictureFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})
