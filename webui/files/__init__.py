"""Files: attachments are sent in while a form is being filled, and opened by whoever may see their matter."""
