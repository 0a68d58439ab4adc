"""The least that django-oscar needs to price a basket, as it ships.

SQLite in memory: nothing travels between processes, so its thousands of queries are as quick as
they can be.
"""

from oscar import INSTALLED_APPS as OSCAR_APPS
from oscar.defaults import *  # noqa: F403 how oscar is set up

SECRET_KEY = "of-a-benchmark-in-which-nobody-signs-in"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
INSTALLED_APPS = OSCAR_APPS
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
SITE_ID = 1
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
LOGGING_CONFIG = None
