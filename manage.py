#!/usr/bin/env python
"""The one door for operators; `manage.py up` runs everything."""

from __future__ import annotations

import os
import sys


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit("Letsema needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings.local")
    try:
        run()
    except KeyboardInterrupt:
        print("Stopped before it was done; start it again any time.", file=sys.stderr)
        sys.exit(130)


def run() -> None:
    from coop.embedded import ensure_engines

    ensure_engines(sys.argv)
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
