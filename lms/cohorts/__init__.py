"""Who belongs where: institutions, programmes, cohorts, enrolments and roles."""
