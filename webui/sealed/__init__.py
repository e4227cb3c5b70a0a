"""What is sealed, opened for a reason: one value at a time, shown once."""
