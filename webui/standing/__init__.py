"""Beginning something: what a post can begin, and its start form."""
