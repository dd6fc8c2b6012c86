"""What open questions are answered with: a table of tools, the most important rules, or the steps
to an approval. They are read from the documents' own tables and sections, and cited line by line.
"""
