"""调研: rounds, the questionnaires sent to the units chosen, and what they answered."""
