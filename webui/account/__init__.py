"""The door: signing in and out, choosing the post to act in, the language, one's own password."""
