"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from payments.ledger.views import books

app_name = "ledger"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", books.books, name="books"),
    path("accounts/<slug:code>", books.accounts, name="accounts"),
    path("account/<uuid:account_id>", books.account, name="account"),
    path("entry/<uuid:entry_id>", books.entry, name="entry"),
]
