"""Recognition, on small stories of a few people."""
