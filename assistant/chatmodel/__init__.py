"""Answers written by a chat model, of which only what stands in the documents is shown."""
