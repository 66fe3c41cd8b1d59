"""Plans: what nations offer, entered and edited by themselves."""
