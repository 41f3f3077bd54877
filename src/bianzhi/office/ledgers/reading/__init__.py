"""What the pages of a unit read out of the record: figures, people, papers, descent, flows."""
