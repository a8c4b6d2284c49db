"""From text to paragraphs and sentences, boilerplate marked."""
