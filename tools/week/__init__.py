"""The synthetic week: who reports what, in which hand."""
