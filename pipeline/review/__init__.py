"""The page on which people review a corpus, and the server that stores each decision at once.

`data` is what the page knows, `page` joins it with the assets into one file, `script` joins the page's
modules, and `server` serves the page on the loopback address.
"""
