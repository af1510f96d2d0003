"""The console: where a helper is on duty, sees who waits, and writes with a visitor."""
