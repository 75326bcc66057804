"""Keeping values: tables, views, archive, decisions, publishing."""
