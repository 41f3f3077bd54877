"""Access: who may see and do what, and the log of it."""
