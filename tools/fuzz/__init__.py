"""Random and mutated input against the code that meets strangers' bytes."""
