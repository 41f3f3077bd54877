"""What every page shares: viewpoint, words, the look of a page."""
