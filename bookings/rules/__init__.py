"""Pure arithmetic of prices, times and offers: plain values in, plain values out."""
