"""Planning: rows of an office's tables become drafts of changes, differences and findings.

Pure: no database, no clock. What is already in the record comes in as a source and its columns.
"""
