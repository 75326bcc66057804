"""Schema history, applied when a warehouse is opened."""
