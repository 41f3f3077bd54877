"""One script for each promise of speed: `python -m benchmarks.posting`, `.state`, `.beancount`."""
