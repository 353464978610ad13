"""Accounts that nobody uses any more: their person is told, thirty days later they end (kernel/data/retention.yaml)."""
