"""The sitting: assessments, attempts, answers and the picture they give. `delivery` is the only bridge to the engine."""
