"""The sitting: assessments, attempts, answers, results. `delivery` is the only bridge to the engine."""
