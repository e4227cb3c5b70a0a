"""Public holidays and worked weekends, for everybody to look up."""
