"""Row-level security on PostgreSQL, the second wall: one table says whose each row is (docs/row-security.md)."""
