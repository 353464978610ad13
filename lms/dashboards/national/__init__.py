"""The march of the country towards its target, as it is published: for the national pilot and for everyone."""
