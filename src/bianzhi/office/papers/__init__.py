"""Papers: the full texts of documents handed over, kept to be found and shown."""
