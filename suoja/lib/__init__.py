"""Leaf helpers that every room may use; none of them knows Django where the live core needs it."""
