"""Plans of the headquarters: matchings and deployments, kept with what they were made of, reviewed and released."""
