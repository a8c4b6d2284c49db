"""Japanese, Chinese and Ukrainian text in encodings that do not say what they are."""

import pytest

from pipeline.ingestion.encodings import decode

TEXTS = {
    "ja": (
        "駅前の古い映画館が、三十年ぶりに営業を再開した。\n\n初日の朝には、開場を待つ人の列が橋の向こうまで続いた。"
        "「子どもの頃、ここで初めて映画を見ました」と、近所の女性は話す。"
    ),
    "zh-cn": (
        "车站旁边的老电影院停业三十年后，重新开门营业。\n\n第一天早上，等候入场的人一直排到桥的另一边。"
        "“我小时候第一次看电影就是在这里”，住在附近的一位女士说。"
    ),
    "zh-tw": (
        "車站旁邊的老電影院停業三十年後，重新開門營業。\n\n第一天早上，等候入場的人一直排到橋的另一邊。"
        "「我小時候第一次看電影就是在這裡」，住在附近的一位女士說。"
    ),
    "uk": "Старий кінотеатр біля вокзалу знову відчинив двері.\n\nУ перший день черга тяглася аж за міст.",
    "ru": "Старый кинотеатр у вокзала снова открыл двери.\n\nВ первый день очередь тянулась до самого моста.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("ja", "shift_jis"), ("ja", "euc_jp"), ("zh-cn", "gb18030"), ("zh-tw", "big5"), ("uk", "koi8-u"),
        ("uk", "cp1251"), ("ru", "koi8-r"), ("ru", "cp1251"), ("ru", "cp866"),
        ("ru", "mac_cyrillic"), ("ru", "iso8859-5"),
    ],
)  # fmt: skip
def test_text_is_read_as_it_was_written(language, encoding):
    found = decode(TEXTS[language].encode(encoding))
    assert not isinstance(found, str)
    assert found.text == TEXTS[language]


DAMAGED = {
    "cp932": "川沿いの古い水車小屋が春に再び開きます。手伝いたい人は村の粉屋に連絡してください。\n",
    "euc_jp": "金曜日に子どもたちが初めてパンを焼きます。新しい車輪もゆっくりと回り始めます。\n",
    "gb18030": "河边的老磨坊春天重新开放。星期五孩子们第一次烤面包，想帮忙的人请联系村里的磨坊主。\n",
    "big5": "河邊的老磨坊春天重新開放。星期五孩子們第一次烤麵包，想幫忙的人請聯絡村裡的磨坊主。\n",
}


@pytest.mark.parametrize("encoding", DAMAGED)
@pytest.mark.parametrize("place", [5, 45])
def test_a_byte_that_means_nothing_is_marked_and_the_rest_is_read(encoding, place):
    text = DAMAGED[encoding] * 4
    found = decode(text[:place].encode(encoding) + b"\xff" + text[place:].encode(encoding))
    assert found.encoding == encoding
    assert found.text.count("\ufffd") == 1
    assert text[len(text) // 2 :] in found.text


@pytest.mark.parametrize("encoding", ["gb18030", "euc_jp", "cp949"])
@pytest.mark.parametrize("place", [20, 31, 46])
def test_a_missing_byte_does_not_garble_the_rest_of_its_line(encoding, place):
    texts = DAMAGED | {
        "cp949": "강가의 오래된 방앗간이 봄에 다시 문을 연다. 돕고 싶은 사람은 마을 방앗간에 연락하면 된다.\n"
    }
    line = texts[encoding]
    data = (line * 2).encode(encoding)
    while data[place] < 0x80:
        place += 1
    found = decode(data[:place] + data[place + 1 :])
    assert "\ufffd" in found.text
    assert found.text.count("\ufffd") <= 2
    assert found.text.endswith(line[-15:] + line)
