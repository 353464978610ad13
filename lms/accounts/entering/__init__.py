"""Signing in, signing up, a password forgotten: django-allauth's pages in our words, and the way back."""
