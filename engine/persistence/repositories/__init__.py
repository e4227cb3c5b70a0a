"""The questions the engine asks of its tables, one module per area, one method per question."""
