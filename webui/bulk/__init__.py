"""Handling in bulk: several matters at the same step, read as a list and handed in with one form."""
