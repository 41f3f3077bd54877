"""Ledgers (台账): what the record holds, seen on any day."""
