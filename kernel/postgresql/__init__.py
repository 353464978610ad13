"""Django's PostgreSQL, told who acts: what DATABASES names as its engine."""
