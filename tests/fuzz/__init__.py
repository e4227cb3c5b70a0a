"""Hostile input: whatever is thrown at the readers and at FEEL, they answer or decline, soon and with a reason."""
