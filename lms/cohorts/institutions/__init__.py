"""Institutions: their facts, what they are attached to, their cohorts, their mergers."""
