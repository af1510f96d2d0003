"""Other help: who answers, where this service does not."""
