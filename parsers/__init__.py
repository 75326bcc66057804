"""Bytes to Document to Report: what a submitted file says."""
