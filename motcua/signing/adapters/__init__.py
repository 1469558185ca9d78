"""Where keys are: files, tokens, remote services; and who stamps the time."""
