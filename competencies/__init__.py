"""What is measured: the framework, its domains, competencies, capacities and proficiency levels, all as data."""
