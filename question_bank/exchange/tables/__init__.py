"""Items as rows of a table: CSV out and in, XLSX in."""
