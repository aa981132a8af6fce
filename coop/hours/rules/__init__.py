"""Arithmetic on paid time; no database, no clock."""
