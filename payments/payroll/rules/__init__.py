"""What paid hours come to: pure arithmetic on plain values and the law of the place."""
