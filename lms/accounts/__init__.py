"""People who sign in: the user, how they enter, what they agreed to, how they leave with or without their data."""
