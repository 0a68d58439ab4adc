from typing import Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from unfold.widgets import INPUT_CLASSES, SELECT_CLASSES

from offers.models import Image


class MomentInput(forms.DateTimeInput):
    """A date with a time, by the browser's own control: it knows keyboards and phones."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(
            attrs={"class": " ".join([*INPUT_CLASSES, "bo-moment"])}, format="%Y-%m-%dT%H:%M:%S"
        )


class TwoLists(FilteredSelectMultiple):
    """Available and Selected (T20); a plain multiple choice without JavaScript."""

    def __init__(self) -> None:
        super().__init__(_("altshops"), is_stacked=False)
        self.attrs["class"] = " ".join(SELECT_CLASSES)


class PicturePicker(forms.Select):
    """A picture of the gallery, chosen from thumbnails; a plain choice without JavaScript."""

    template_name = "admin/offers/picture_picker.html"
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

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"browse_url": self.browse_url, "upload_url": self.upload_url}
        return context


class PictureFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})
