"""What may be wrong with an installation, each with how to mend it."""
