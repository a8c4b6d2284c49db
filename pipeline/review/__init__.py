"""The page on which people review a corpus, and the server that stores what they decide at once.

`data` is what the page knows, `page` joins it with the assets into one file, `server` serves that file
on the loopback address.
"""
