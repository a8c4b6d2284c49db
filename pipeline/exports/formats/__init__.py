"""One module for each format of exports, loaded when it is asked for."""
