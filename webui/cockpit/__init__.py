"""The cockpit: every process instance a post may see, where it stands, and how it got there."""
