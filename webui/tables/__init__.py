"""What business people change without drawing: decision tables, forms, reference tables, deadlines and the calendar."""
