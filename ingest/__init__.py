"""From PDFs to an index: pages, passages, fields. Knows nothing of `assistant`."""
