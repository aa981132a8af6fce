"""`python -m payments.sandbox --port N --journal PATH --webhook-url URL --webhook-secret S …`"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from payments.sandbox.delivery import Postman
from payments.sandbox.desk import Desk
from payments.sandbox.server import Server
from payments.sandbox.store import Store


def refuse_production() -> None:
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    if settings.endswith("settings.production") or os.environ.get("LETSEMA_ENV") == "production":
        raise SystemExit(
            "The sandbox moves no real money, so it does not start under production settings."
            " Set STRIPE_API_KEY to a real key and leave the sandbox out."
        )


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="payments.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--journal", type=Path, required=True)
    parser.add_argument("--webhook-url", required=True)
    parser.add_argument("--webhook-secret", required=True)
    parser.add_argument("--api-key", required=True)
    chosen = parser.parse_args()
    if not chosen.api_key.startswith("sk_test_"):
        parser.error("the sandbox takes only keys that begin with sk_test_")
    if not chosen.webhook_url.startswith(("http://", "https://")):
        parser.error("--webhook-url is an http address")
    return chosen


def main() -> None:
    refuse_production()
    chosen = options()
    store = Store(chosen.journal)
    postman = Postman(store, chosen.webhook_url, chosen.webhook_secret)
    try:
        server = Server(chosen.port, Desk(store, chosen.api_key), postman)
    except OSError as error:
        raise SystemExit(f"The sandbox cannot listen on port {chosen.port}: {error}.") from error
    postman.start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    print(f"sandbox listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever(poll_interval=0.1)
    postman.stop()
    store.close()
    sys.exit(0)


if __name__ == "__main__":
    main()
