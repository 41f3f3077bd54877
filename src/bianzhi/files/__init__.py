"""Foreign file formats, read into the exchange form. Knows the core, not the record or the web."""
