"""The chat on a page: the loader for other sites, the frame it opens, and the page of our own."""
