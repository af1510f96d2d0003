"""The one table of the Channels baseline, as a Django app."""
