"""The crash harness: work goes on while web processes, workers and the database are killed; then everything is counted."""
