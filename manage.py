#!/usr/bin/env python
"""Django's commands for a checkout; the installed program is `suoja`, which passes to the same."""

from suoja.cli import main

if __name__ == "__main__":
    main()
