"""What keeps each rule quiet on good translations: of all that was tried, what removed the most alarms."""

QUIET: dict[str, str] = {
    "completeness.omission": (
        "Paragraphs are tied through their sentences, so that one cut in two is not missing."
    ),
    "completeness.addition": (
        "Paragraphs are tied through their sentences, so that one cut in two is not added."
    ),
    "completeness.moved": "The lighter part of what crosses counts as moved, and a block is told once.",
    "completeness.boilerplate": "A line needs two kinds of evidence, its place and its shape.",
    "completeness.credit": "It needs the word for a source and a name behind it.",
    "completeness.other-language": "It asks for text without a counterpart only.",
    "completeness.length": (
        "The length expected is the article's own median ratio, shrunk towards that of the pair."
    ),
    "completeness.list": (
        "Items count where their markers count up from the first; names only in one script."
    ),
    "completeness.omitted-part": (
        "A part must be long for the article and fit nothing in the counterpart's vector."
    ),
    "completeness.added-part": (
        "A part must be long for the article and fit nothing in the counterpart's vector."
    ),
    "completeness.doubtful-part": "It is said only where the text without the part fits as well.",
    "completeness.repeated": "Four words at least, and no other language repeats a sentence.",
    "meaning.neighbour": "Another row must fit far better, in both directions.",
    "meaning.similarity": "Similarity is a likelihood ratio measured for the pair, not a cosine.",
    "meaning.alignment": "One finding for the row replaces all comparisons.",
    "language.untranslated": "Names, numbers, addresses and code are no prose.",
    "language.wrong": (
        "A text of fewer than eight words may be a name, if a word of its own grammar is in it."
    ),
    "language.mixed": (
        "What stands in quotation marks or brackets does not count, nor do words that languages share."
    ),
    "locale.number-format": (
        "The value must be beyond doubt: two marks, two zeros, a unit, or the other language."
    ),
    "numbers.changed": "Numbers in words count as their values, and one amount in two units is one amount.",
    "numbers.missing": "Numbers in words count as their values; “one” and repeats need no counterpart.",
    "numbers.added": "Numbers in words count as their values; “one” and repeats need no counterpart.",
    "numbers.date": "Both languages must name a day, month or hour that the other does not name.",
    "numbers.order": (
        "Years and numbers of different units change places freely; only numbers of one kind count."
    ),
    "numbers.unit": "The number must be the same; years, pounds and ranges are left out.",
    "characters.placeholder": (
        "A mark that all languages have is meant; of a tag only the names have to agree."
    ),
    "characters.assistant": "It must begin the text, and behind “Translation:” a sentence must follow.",
    "characters.limit": "Only what can be counted without a font is compared.",
    "characters.replacement": "The character has no other meaning.",
    "characters.mojibake": "Only pairs of characters that no language puts side by side.",
    "characters.control": "Tabs and line ends are none.",
    "entities.address": (
        "The segment for a language in an address may differ; particles behind it are no part."
    ),
    "entities.added-address": (
        "The segment for a language in an address may differ; particles behind it are no part."
    ),
    "entities.gloss": "A word that repeats a name in brackets, or that sounds like it, is none.",
    "entities.shortcut": "Keys with names of their own are called otherwise in every language.",
    "entities.tag": "`{#id}`, C# and addresses are none.",
    "entities.code": "A number that is told already is not told again.",
    "entities.term": "Inflected forms count.",
    "entities.do-not-translate": "Endings and particles may follow.",
    "entities.forbidden-term": "Inside a longer term that the glossary wants it does not count.",
    "entities.name": (
        "Words that the language could have formed are no names; spellings of one sound are one name."
    ),
    "consistency.target": "The texts must be the same but for spaces and case.",
    "consistency.source": "The texts must be the same but for spaces and case.",
    "writing.letters": "A word must be there that is none without its letters, or twenty small ones.",
    "writing.accent": "Words that are another one without the accent are not listed.",
    "writing.particle": (
        "Words that end like a particle are listed; behind digits and Latin letters none is judged."
    ),
    "writing.full-width": "Beside Chinese and Japanese characters such marks are right.",
    "writing.capitals": "Names of institutions, first names and feasts have a capital.",
    "writing.speech-level": "Quoted speech does not count, and 85 % of the article must agree.",
    "typography.brackets": "They are paired over the article, and markers of lists need no partner.",
    "typography.quotes": "They are paired over the article, since speech runs over paragraphs.",
    "typography.doubled-word": "Words that good grammar doubles are listed for each language.",
    "typography.doubled-phrase": "Figures of speech are short, and no other language may repeat a phrase.",
    "typography.spacing": "The same characters in all languages are meant.",
    "typography.ending": "Headings need no mark: both texts have eight words at least.",
    "typography.question": "It never decides anything else.",
}
