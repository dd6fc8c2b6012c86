"""The built-in encoder: its files, which `SentenceTransformer(folder)` loads, and its training."""
