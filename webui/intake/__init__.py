"""Intake: other systems file over HTTP with a key, offices from a spreadsheet."""
