"""Roll-ups: what each person contributes to each figure, kept as they move on, always equal to a recount."""
