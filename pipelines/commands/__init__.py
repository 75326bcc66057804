"""One module a family of commands; what is heavy is imported inside them."""
