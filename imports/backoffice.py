"""The one class between our admin classes and the theme, so that the theme can be changed.

It stands in the lowest room because every room's admin builds on it.
"""

from unfold.admin import ModelAdmin


class BackofficeAdmin(ModelAdmin):
    """A page of the back-office."""

    list_fullwidth = True
    list_filter_submit = True
    warn_unsaved_form = True
    compressed_fields = False
