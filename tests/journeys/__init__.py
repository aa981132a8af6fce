"""One story end to end, through HTTP, as a person would."""
