"""Pages as panels meet them: fetched by the guarded client, their text taken out apart from us."""
