"""Invitations to hold a role: a letter, a link that serves once, an account that proves the address."""
