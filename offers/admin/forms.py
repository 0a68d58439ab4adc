from pathlib import Path
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.admin.customer_field import CustomerField
from customers.audiences.calendar import check_moment
from imports.backoffice.widgets import MomentInput
from offers.admin.target_fields import TargetsForm
from offers.admin.widgets import PictureFilesInput, PicturePicker, TwoLists
from offers.gallery import add_picture
from offers.models import AltShop, Image, PrivateOffer
from offers.models.objects import object_of
from offers.picture_uses import PICTURES
from promotions.admin.catalogue.lookup import LookupInput, in_words
from promotions.pictures import read_picture

LOOKUPS: dict[str, str | Promise] = {
    "product": reverse_lazy("admin:promotions_product_lookup"),
    "category": reverse_lazy("admin:promotions_category_lookup"),
}


class PrivateOfferForm(TargetsForm):
    """A private offer as a marketer fills it in (T14–T31)."""

    class Meta:
        model = PrivateOffer
        fields = "__all__"
        field_classes = {"start": forms.DateTimeField, "end": forms.DateTimeField}
        widgets = {
            "altshops": TwoLists,
            "start": MomentInput,
            "end": MomentInput,
            **dict.fromkeys(PICTURES, PicturePicker),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._share_pictures()
        if "object_id" in self.fields:
            self.fields["object_id"].widget = LookupInput(
                urls=LOOKUPS, by="id", kind="id_link_type", describe=self._described
            )
        zone = timezone.get_current_timezone_name()
        for name, meaning in (
            ("start", _("Visible to customers from this moment")),
            ("end", _("Hidden from customers from this moment")),
        ):
            if name in self.fields:
                self.fields[name].help_text = f"{meaning} ({zone})."

    def _described(self, object_id: str) -> str:
        """What the Object ID names in the catalogue (T29). Two queries."""
        named = object_of(self["link_type"].value() or "", object_id)
        return in_words(named) if named else ""

    def _share_pictures(self) -> None:
        """One query for the choices of all pictures."""
        pictures = [name for name in PICTURES if name in self.fields]
        if pictures:
            field = cast(forms.ModelChoiceField, self.fields[pictures[0]])
            choices = list(forms.models.ModelChoiceIterator(field))
            for name in pictures:
                self.fields[name].widget.choices = choices

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = PrivateOffer.objects.alias(lower=Lower("name")).filter(lower=Lower(Value(name)))
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _("Another offer has this name. Choose one that no offer has."), code="unique"
            )
        return name

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and end <= start:
            self.add_error("end", _("The end date must be after the start date."))
        return cleaned


class SeeAsCustomerForm(forms.Form):
    """Whose account page, in which altshop, at which moment."""

    customer = CustomerField(
        label=_("Customer"),
        widget=forms.TextInput(attrs={"class": "bo-input", "autocomplete": "off"}),
        help_text=_("An e-mail address, or a customer's ID."),
    )
    altshop = forms.ModelChoiceField(
        label=_("Altshop"),
        queryset=AltShop.objects.all(),
        empty_label=None,
        widget=forms.Select(attrs={"class": "bo-input"}),
    )
    at = forms.DateTimeField(label=_("Moment"), widget=MomentInput, validators=[check_moment])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = _("In the past or in the future; time zone %(zone)s.") % {
            "zone": timezone.get_current_timezone_name()
        }


class PictureFiles(forms.FileField):
    """One or more pictures; each that can't be read is named."""

    widget = PictureFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [super(PictureFiles, self).clean(file, initial) for file in data or [None]]
        errors = []
        for file in files:
            try:
                read_picture(file)
            except forms.ValidationError as error:
                errors.append(f"{file.name}: {' '.join(error.messages)}")
            file.seek(0)
        if errors:
            raise forms.ValidationError(errors)
        return files


class UploadForm(forms.Form):
    """Pictures for the gallery, all of them or none."""

    pictures = PictureFiles(
        label=_("Pictures"), help_text=_("JPEG, PNG, WebP or GIF; several at once if you like.")
    )

    @transaction.atomic
    def save(self) -> list[Image]:
        """The pictures added, titled by the names of their files."""
        return [
            add_picture(title=Path(file.name).stem[:200], file=file)
            for file in self.cleaned_data["pictures"]
        ]
