"""What tills do beside others, and what comes of it."""

from django.db import IntegrityError, OperationalError

from tests.loyalty.purchases.factories import code_or

CIRCLE, BROKEN_KEY = "waited in a circle", "refers to what is gone"


def came_of(deed):
    """Also of what no lock prevents."""

    def do():
        try:
            return code_or(deed)
        except IntegrityError:
            return BROKEN_KEY
        except OperationalError:
            return CIRCLE

    return do
