"""What one reads: the home page today, journeys and modules as they come."""
