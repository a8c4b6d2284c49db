"""Languages: their codes and names, and all that the code knows of each."""
