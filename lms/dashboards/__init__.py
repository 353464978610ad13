"""Who looks at what: the learner at their results, staff at their people, everyone at the national march."""
