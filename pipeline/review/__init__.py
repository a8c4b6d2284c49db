"""The review page and the local server that saves each decision at once.

`data` builds the page's data, `page` combines them with the assets into one file, and `server` serves that
file on the loopback address.
"""
