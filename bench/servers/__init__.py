"""The servers of `make bench` that are not the program: three baselines, and one page beside it."""
