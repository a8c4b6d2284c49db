"""Lines of Korean that end inside words, as browsers break them."""

from pipeline.ingestion.wrapping import Words, join_lines
from pipeline.languages.ko_lines import breaks_inside_words

TEXT = (
    "시냇가의 방앗간은 가을부터 다시 골짜기 세 마을의 밀가루를 빻고 있다. 주민들은 오랫동안 문을 "
    "닫았던 방앗간이 돌아가는 소리를 들으며 겨울을 준비하고, 아이들은 물레방아 곁에서 하루 종일 놀다가 "
    "해가 지면 집으로 돌아간다. 주인은 내년 봄에 작은 빵집도 열겠다고 약속했으며 벌써 화덕을 짓기 시작했다. "
    "마을 회의는 다리를 고치는 비용을 함께 내기로 했고, 면사무소는 관광객을 위한 안내판을 세우겠다고 밝혔다."
)


def anywhere(text, width):
    return [text[k : k + width].strip() for k in range(0, len(text), width)]


def at_spaces(text, width):
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def test_how_lines_break():
    for width in (18, 21, 23):
        assert breaks_inside_words(anywhere(TEXT, width))
        assert not breaks_inside_words(at_spaces(TEXT, width))


def test_words_are_joined_again():
    words = set(TEXT.split())
    for width in (18, 21, 23):
        lines = anywhere(TEXT, width)
        assert len(words & set(" ".join(lines).split())) < 0.93 * len(words)
        joined = join_lines(lines, Words("\n".join(lines))).text
        assert len(words & set(joined.split())) > 0.95 * len(words), joined
        lines = at_spaces(TEXT, width)
        assert join_lines(lines, Words("\n".join(lines))).text == TEXT
