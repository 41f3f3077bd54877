"""The API: the same record, the same permissions, for programs."""
