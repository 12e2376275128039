"""Recognition of a running hub: counted by a process of its own, asked for by members."""
