"""Journeys: the shipped program in real browsers, seen only through its addresses and accessible names."""
