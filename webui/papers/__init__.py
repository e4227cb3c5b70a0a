"""Papers: lists, letters and bundles to take away, prints for signing, and what the scan of one says."""
