"""A stateful stand-in for the part of Stripe's HTTP API that Letsema uses.

It runs as its own process (`python -m payments.sandbox`), keeps its own journal file, and is
driven by the real Stripe SDK over loopback. For tests and the demonstration only: it refuses to
start under production settings, listens on loopback only and accepts `sk_test_` keys only.
"""
