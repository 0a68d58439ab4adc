"""Customers sign in by a code from an e-mail."""
