"""Pages and the API."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings.local")
application = get_wsgi_application()

# What was loaded to start with stays: the collector need not look through it at every page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
