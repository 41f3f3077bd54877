"""National values of the code trees, as data with their sources."""
