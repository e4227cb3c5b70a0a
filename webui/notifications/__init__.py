"""Messages: what a person should know, and where to look."""
