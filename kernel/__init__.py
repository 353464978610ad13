"""What every app stands on: errors, events and outbox, jobs, mail, audit, media, clock. It knows no app above it."""
