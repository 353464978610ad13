"""GIFT: questions as plain text, in and out."""
