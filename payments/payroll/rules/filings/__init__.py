"""Filings as the funds take them: figures in, bytes out; and strict readers back to figures."""
