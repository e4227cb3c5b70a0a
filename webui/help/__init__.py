"""What its users read, in the app: written for their work."""
