"""Articles in our own words for the speed of the flow: invented outlets and people, varied grammar, no two alike.

python benchmarks/flow/make_articles.py FOLDER --count 1000
"""

import argparse
import random
from pathlib import Path

OUTLETS = ["Harbour Wire", "Morning Ledger", "Coastal Times", "Northern Courier", "Strait Gazette", "Meridian Post"]
PEOPLE = ["Han Jae-seok", "Oleg Marin", "Maria Sorokina", "Lee Do-yun", "Anna Keller", "Tomas Varga"]
OFFICES = [
    "defence minister of South Korea",
    "spokesman of the Russian foreign ministry",
    "US state department official",
]
GOODS = ["artillery shells", "diesel", "coal", "missile parts", "luxury cars", "machine tools"]
LEADS = [
    "{giver} has shipped {amount} {goods} to {taker} since {month}, the {office}, {person}, told {other} on {weekday}.",
    "{giver} offered {taker} {goods} last month, {person}, the {office}, said on {weekday}.",
    "Officials in Seoul believe that {giver} sent {amount} {goods} to {taker} and fear that more will follow.",
    "{giver} denied on {weekday} that it had supplied {goods} to {taker}, calling the report baseless.",
    "{giver} and {taker} agreed to exchange {goods}, {person} said, without giving a date.",
]
BODY = [
    "A vessel named by two diplomats loaded {goods} at Rajin in {month} and sailed for {taker}, according to {other}.",
    "“We have seen no sign that the {goods} arrived,” said {person}, the {office}.",
    "Analysts said that up to {amount} {goods} could be carried by the ships counted in satellite images.",
    "The Security Council discussed the sanctions in {month}; no decision was taken.",
    "If the {goods} were delivered, {person} added, it would be the largest shipment of the year.",
    "{taker} has asked for a reply to the report and has not received one.",
]
STATES = ["North Korea", "Russia", "China", "Iran"]
MONTHS = ["January", "March", "May", "July", "September", "November"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def article(number: int) -> tuple[str, str]:
    """Metadata and text of one article of about 350 words."""
    chance = random.Random(number)
    paragraphs = []
    for at in range(9):
        giver, taker = chance.sample(STATES, 2)
        sentences = [chance.choice(LEADS if at == 0 else BODY) for _ in range(1 if at == 0 else chance.randint(2, 3))]
        paragraphs.append(
            " ".join(sentences).format(
                giver=giver,
                taker=taker,
                amount=f"{chance.randint(2, 900) * 100:,}",
                goods=chance.choice(GOODS),
                office=chance.choice(OFFICES),
                person=chance.choice(PEOPLE),
                other=chance.choice(OUTLETS),
                month=chance.choice(MONTHS),
                weekday=chance.choice(WEEKDAYS),
            )
        )
    day = f"2024-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    meta = f"publisher: {chance.choice(OUTLETS)}\npublished: {day}\nkind: news article\ncomposed: true\n"
    return meta, "\n\n".join(paragraphs) + f"\n\nNotice {number}.\n"


def write(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        meta, text = article(number)
        (folder / f"{number:05d}.txt").write_text(text, encoding="utf-8")
        (folder / f"{number:05d}.meta.yaml").write_text(meta, encoding="utf-8")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--count", type=int, default=1000)
    chosen = options.parse_args()
    write(chosen.folder, chosen.count)
