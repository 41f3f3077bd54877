"""The system of record: tables, posting, reading, verifying, backup."""
