"""How the embedded sentence encoder is made: `python -m training DATA`.

The flow, in the order of the modules::

    corpus -> tokenizer -> features -> batches -> clean -> model -> evaluate -> export

`train.py` is that flow as one list of calls, `settings.py` every number that decides it.
"""
