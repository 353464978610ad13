"""Pages of institutions: themselves (keeping), their cohorts (cohorts)."""
