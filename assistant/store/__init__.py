"""Conversations and feedback, in SQLite or PostgreSQL; knows no web framework."""
