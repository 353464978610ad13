"""Moodle XML: the question bank of a course, in and out."""
