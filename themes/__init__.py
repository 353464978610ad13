"""How Socle looks: templates, design tokens, components, pictures. No business word lives here."""
