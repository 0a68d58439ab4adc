from unfold.sites import UnfoldAdminSite


class BackofficeSite(UnfoldAdminSite):
    """The Django admin in our theme."""
