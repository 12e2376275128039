"""A shell at its prompt, where the terminal began with a program of ours."""

import os

if __name__ == "__main__":
    os.execvp("sh", ["sh", "-i"])
