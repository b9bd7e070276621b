"""Tests of tables, queries and migrations, on real SQLite files."""
