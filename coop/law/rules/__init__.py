"""Arithmetic on the figures of a pack: plain values in, plain values out."""
