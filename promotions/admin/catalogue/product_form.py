from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminImageFieldWidget, UnfoldAdminTextareaWidget

from promotions.admin.catalogue.lookup import OwnIdField
from promotions.catalogue.barcodes import parse_barcodes, set_barcodes
from promotions.catalogue.pictures import files_of, put_picture, sweep
from promotions.models import Category, Product
from promotions.pictures import Prepared, prepare, read_picture
from promotions.prices import plain

NO_CATEGORY = _("There is no category with this ID.")


class ProductForm(forms.ModelForm):
    """A product with its barcodes and its picture."""

    category = OwnIdField(
        Category.objects.all(),
        url=reverse_lazy("admin:promotions_category_lookup"),
        unknown=NO_CATEGORY,
        label=_("Category"),
        required=False,
        help_text=_("Its ID; type a part of the name to find it."),
    )
    codes = forms.CharField(
        label=_("Barcodes"),
        required=False,
        widget=UnfoldAdminTextareaWidget({"rows": 3, "spellcheck": "false"}),
        help_text=_("One a line."),
    )

    class Meta:
        model = Product
        fields = ["name", "external_id", "category", "price", "codes", "picture"]
        field_classes = {"picture": forms.FileField}
        widgets = {"picture": UnfoldAdminImageFieldWidget({"accept": "image/*"})}

    prepared: Prepared | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        product = self.instance
        self.files_before = files_of(product)
        if product.pk:
            self.initial["price"] = plain(product.price)
            if "codes" in self.fields:
                codes = product.barcodes.order_by("code").values_list("code", flat=True)
                self.initial["codes"] = "\n".join(codes)
        if "picture" in self.fields:
            self.fields["picture"].help_text = _("JPEG, PNG, WebP or GIF.")

    def clean_codes(self) -> list[str]:
        return parse_barcodes(self.cleaned_data["codes"], product_id=self.instance.pk)

    def clean_picture(self) -> Any:
        picture: Any = self.cleaned_data["picture"]
        if isinstance(picture, UploadedFile):
            self.prepared = prepare(read_picture(cast(BinaryIO, picture)))
            return self.instance.picture
        return picture

    def save_parts(self) -> None:
        """What the product's own fields don't hold; the product is saved already."""
        product = self.instance
        # First what may fail, so that it leaves no files behind.
        if "codes" in self.cleaned_data:
            set_barcodes(product=product, codes=self.cleaned_data["codes"])
        if self.prepared:
            put_picture(product=product, prepared=self.prepared)
        elif not product.picture:
            product.thumbnail = ""
        product.save(update_fields=["picture", "thumbnail"])
        sweep(self.files_before - files_of(product))
