"""Suoja: an anonymous, end-to-end encrypted one-to-one crisis chat."""

__version__ = "0.1.0"
