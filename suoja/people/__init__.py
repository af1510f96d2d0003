"""Helpers: their accounts, roles, the lines they answer, and the names they are shown by (M7, M15, M16)."""
