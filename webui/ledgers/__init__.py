"""Ledgers on the page: a list with its views, one row as a form, rows pasted from a spreadsheet and checked before saving."""
