"""The instructor's pages: a cohort, its students, its heat map, one student."""
