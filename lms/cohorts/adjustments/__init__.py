"""What a person's institution grants them to sit a test: more time, pauses. What is granted is kept, never why."""
