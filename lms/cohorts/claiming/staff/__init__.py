"""The coordinator's page of a cohort's places."""
