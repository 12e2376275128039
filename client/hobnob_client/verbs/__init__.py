"""What a member says to the shell: one file for each noun, one table for all (`table.VERBS`)."""
