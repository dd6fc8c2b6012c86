"""Rules read from the text of documents: who may or may not do what, with which tool and data."""
