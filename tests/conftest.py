"""What holds for every test."""

import os

# No test may look for a model on the network; the library reads this when it is imported.
os.environ["HF_HUB_OFFLINE"] = "1"
