"""The issuer: it knows a holder and an achievement, not how it was won."""
