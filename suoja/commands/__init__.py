"""The commands of the installed program, one module each."""
