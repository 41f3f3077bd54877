"""The kinds of tables an office has, as data: their columns and what these are called."""
