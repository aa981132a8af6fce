"""PostgreSQL and Valkey on this machine, for whoever has set up neither.

Addresses given in DATABASE_URL and REDIS_URL are used as they are; what is missing is started from
wheels, with its data in `var/`. Imports nothing of Django: settings read what this decides.
"""

from coop.embedded.engines import EngineFailed, Engines, ensure_engines, running

__all__ = ["EngineFailed", "Engines", "ensure_engines", "running"]
