"""One piece of work: its form, its way so far, what may be done with it; and the beginning of new matters."""
