"""An institution's pages: where its programmes and cohorts are, whom its jury validates."""
