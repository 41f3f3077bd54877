"""调研报告: drafted from the state, the diagnosis and what was said to it, each number grounded."""
