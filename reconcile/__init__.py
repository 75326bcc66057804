"""Judgement over what is stored."""
