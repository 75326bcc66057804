"""The person's door: the review site."""
