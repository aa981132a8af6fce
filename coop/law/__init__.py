"""The law of the place: dated, sourced figures per country and the arithmetic on them. Pure."""
