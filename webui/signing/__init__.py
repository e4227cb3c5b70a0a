"""Signing on the way: what waits for a decision, one card after the other."""
