"""Administration: units in official order, people, their posts and accounts, and the work of those who leave."""
