"""调研: what is wrong with the institutions, by the record, and what the office says to it."""
