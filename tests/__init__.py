"""What the project promises, as code: mirrors engine/ and webui/."""
