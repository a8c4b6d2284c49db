"""From text to paragraphs and sentences, with boilerplate marked; start at `segment`."""
