"""Forms that pages of learning send, and the pages of one's own path and reviews."""

from .attestations import ask_attestation, attestation_pdf
from .cards import keep_card
from .checks import begin_check
from .following import step_seen, time_spent
from .practising import practise

__all__ = ["ask_attestation", "attestation_pdf", "begin_check", "keep_card", "practise", "step_seen", "time_spent"]
