from django import forms
from unfold.widgets import INPUT_CLASSES


class MomentInput(forms.DateTimeInput):
    """A date with a time, by the browser's own control: it knows keyboards and phones."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(
            attrs={"class": " ".join([*INPUT_CLASSES, "bo-moment"])}, format="%Y-%m-%dT%H:%M:%S"
        )
