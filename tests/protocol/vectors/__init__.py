"""What `protocol/vectors/` holds, one file here for each subject; nothing asks a decoder."""
