"""Process administration: processes changed as drafts, checked while one draws, compared, and published by another person."""
