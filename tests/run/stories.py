"""A short article in four languages, paragraph by paragraph."""

STORY = {
    "en": (
        "The lighthouse keeper counts the birds",
        "Every morning Marta climbs the 142 steps of the lighthouse with a notebook and binoculars.",
        "In October she counted more than three thousand geese on their way to the south.",
        "Her grandfather began the list in 1951, when the lamp still burned oil.",
        "The university now wants to publish the numbers, but Marta has one condition: "
        "the notebooks stay here.",
    ),
    "de": (
        "Die Leuchtturmwärterin zählt die Vögel",
        "Jeden Morgen steigt Marta mit Notizbuch und Fernglas die 142 Stufen des Leuchtturms hinauf.",
        "Im Oktober zählte sie mehr als dreitausend Gänse auf ihrem Weg nach Süden.",
        "Ihr Großvater begann die Liste 1951, als die Lampe noch mit Öl brannte.",
        "Die Universität will die Zahlen nun veröffentlichen, doch Marta stellt eine Bedingung: "
        "Die Notizbücher bleiben hier.",
    ),
    "ja": (
        "灯台守は鳥を数える",
        "毎朝マルタはノートと双眼鏡を持って灯台の142段の階段を上る。",
        "十月には南へ向かう雁を三千羽以上数えた。",
        "祖父がこの記録を始めたのは1951年、まだ灯りが油で燃えていた頃だ。",
        "今、大学はその数字を発表したいと考えているが、マルタには一つの条件がある。ノートはここに残すことだ。",
    ),
    "ru": (
        "Смотрительница маяка считает птиц",
        "Каждое утро Марта поднимается на 142 ступени маяка с тетрадью и биноклем.",
        "В октябре она насчитала более трёх тысяч гусей, летящих на юг.",
        "Список начал её дед в 1951 году, когда лампа ещё горела на масле.",
        "Теперь университет хочет опубликовать эти данные, но у Марты есть одно условие: "
        "тетради остаются здесь.",
    ),
}
