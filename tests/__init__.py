"""The suite: a mirror of the tree, then what no single app can show (architecture/, e2e/)."""
