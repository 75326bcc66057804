"""One reader a format: the only rooms that open documents."""
