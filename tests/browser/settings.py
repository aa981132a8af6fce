"""What the browser's servers run on: the test run, with files served as in production."""

from __future__ import annotations

import os
from pathlib import Path

from coop.settings.test import *  # noqa: F403

STRIPE_API_BASE = os.environ["STRIPE_API_BASE"]
STATIC_ROOT = Path(os.environ["LETSEMA_STATIC"])
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
