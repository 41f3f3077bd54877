"""The pages: each takes a state and shows it; none writes."""
