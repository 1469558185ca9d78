"""Connected registers, one kind each."""
