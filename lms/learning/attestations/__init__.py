"""Attestations: what somebody completed, in words that last, issued when they ask for it (docs/following.md)."""

from .issuing import ACHIEVEMENTS, attestations_of, issue_attestation, own_attestation
from .refusals import NameMissing, NotCompleted

__all__ = ["ACHIEVEMENTS", "NameMissing", "NotCompleted", "attestations_of", "issue_attestation", "own_attestation"]
