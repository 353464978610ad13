"""Hours of class: recorded by those who give them, counted in the hours of the programme that are covered."""
