"""Asking people to do something: an assessment, a journey or both, by a date, with what is shared said first."""
