"""The pages: one router a family."""
