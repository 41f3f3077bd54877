"""Identity: who a person is. ID numbers under lock, person keys, and the personal file."""
