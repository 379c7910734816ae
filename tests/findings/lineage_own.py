"""Short news items composed for these tests (outlets, persons, firms, ships and figures are invented), with their origins.

Written before the engine had run on them. One row: id, outlet, day, language, origins, drift or None, text.
"""

from __future__ import annotations

Row = tuple[str, str, str, str, tuple[str, ...], str | None, str]

ITEMS: tuple[Row, ...] = (
    # an interview about labourers on building sites
    ("lab-1", "Volga Chronicle", "2022-09-05", "en", ("L1",), None,
     "Russia's deputy construction minister, Pavel Zorin, told the Volga Chronicle on Monday that up to 18,000 builders from North Korea could be hired for housing sites by 2024. Talks were at an early stage, he said."),
    ("lab-2", "Eastern Ledger", "2022-09-06", "en", ("L1",), None,
     "As many as 18,000 North Korean builders may come to Russian housing sites, deputy minister Pavel Zorin said in an interview with the Volga Chronicle."),
    ("lab-3", "Workforce Monthly", "2022-09-07", "en", ("L1",), "talks became a contract",
     "Russia has hired 18,000 North Korean construction workers, its deputy construction minister told the Volga Chronicle."),
    ("lab-4", "Rheinblick", "2022-09-07", "de", ("L1",), None,
     "Bis zu 18.000 nordkoreanische Bauarbeiter könnten nach Russland kommen, sagte der stellvertretende Bauminister Pawel Sorin der Zeitung Volga Chronicle."),
    ("lab-5", "Amur Human Rights Forum report", "2022-09-08", "en", ("L2",), None,
     "The Amur Human Rights Forum has counted about 4,300 North Koreans on building sites in three towns, its new report says. Most came on student visas."),
    ("lab-6", "Pacific Evening", "2022-09-09", "en", ("L2",), None,
     "Some 4,300 North Koreans are at work on building sites in the Russian Far East, mostly with student visas, according to the Amur Human Rights Forum."),
    ("lab-7", "Pacific Evening", "2022-09-10", "en", ("L1", "L2"), None,
     "How many builders are there? Deputy minister Zorin speaks of up to 18,000 in the future. The Amur Human Rights Forum has found 4,300 already on site."),
    ("lab-8", "Border Post", "2022-09-11", "en", ("L3",), None,
     "North Korea's embassy in Moscow said on Sunday that reports about labourers were fiction."),
    ("lab-9", "Quick Brief", "2022-09-06", "en", ("L1",), None,
     "Deputy minister: Russia may hire 18,000 North Korean builders."),
    ("lab-10", "Khabar Statistics Digest", "2022-09-08", "en", ("L4",), None,
     "Visa tables of the interior ministry in Moscow list 18,000 North Korean citizens who entered on student visas since 2020, the Khabar Statistics Digest found."),
    # a court filing about a ship
    ("ship-1", "Justice Department release, as published", "2021-03-19", "en", ("S1",), None,
     "Prosecutors in New York asked a court on Friday to order the forfeiture of the tanker Bright Osprey, which they say delivered 1,700 tonnes of gas oil to North Korean ships in 2019. The ship was owned by a man from Singapore."),
    ("ship-2", "Harbour Daily", "2021-03-20", "en", ("S1",), None,
     "The tanker Bright Osprey carried 1,700 tonnes of gas oil to vessels of North Korea, according to a complaint filed by prosecutors in New York. They want to keep the ship."),
    ("ship-3", "Le Quai", "2021-03-20", "fr", ("S1",), None,
     "Le pétrolier Bright Osprey aurait livré 1 700 tonnes de gazole à des navires nord-coréens en 2019, selon une plainte déposée par des procureurs à New York."),
    ("ship-4", "Marine Mirror", "2021-03-21", "en", ("S1",), "what is claimed became proved",
     "It has been proved that the Bright Osprey sold 1,700 tonnes of gas oil to North Korea, US prosecutors say in New York."),
    ("ship-5", "Straits Gazette", "2021-03-22", "en", ("S2",), None,
     "The owner of the Bright Osprey, Lim Boon Teck, rejected the charges. The cargo had gone to a buyer in Taiwan, he told the Straits Gazette."),
    ("ship-6", "Harbour Daily", "2021-03-23", "en", ("S2",), None,
     "Lim Boon Teck denies that his tanker served North Korea, the Straits Gazette reports."),
    ("ship-7", "Seatrack Analytics", "2021-03-22", "en", ("S3",), None,
     "Position data show that the Bright Osprey switched off its transponder for six days in the East China Sea in September 2019, Seatrack Analytics wrote in a note."),
    ("ship-8", "Marine Mirror", "2021-03-24", "en", ("S1", "S3"), None,
     "Prosecutors put the cargo of the Bright Osprey at 1,700 tonnes. Seatrack Analytics adds that its transponder was silent for six days."),
    ("ship-9", "Lloyd Street Wire", "2021-03-23", "en", ("S4",), None,
     "A broker in Singapore who arranged the charter says his invoices show 1,700 tonnes of gas oil and no name of a buyer."),
    # a spy chief before a committee
    ("mis-1", "Han Times", "2023-07-14", "en", ("M1",), None,
     "The head of Japan's defence ministry, Kenji Morita, said on Friday that the missile fired on Wednesday flew 1,001 kilometres and might have used solid fuel."),
    ("mis-2", "Tokai Shimbun", "2023-07-14", "ja", ("M1",), None,
     "防衛省の森田大臣は金曜日、北朝鮮が水曜日に発射したミサイルは1001キロ飛行し、固体燃料を使った可能性があると述べた。"),
    ("mis-3", "Global Ledger", "2023-07-15", "en", ("M1",), None,
     "Tokyo says the North Korean missile covered 1,001 kilometres. Solid fuel is possible, Defence Minister Morita added."),
    ("mis-4", "Rocket Fans Online", "2023-07-16", "en", ("M1",), "possible became certain",
     "The Japanese security ministry has confirmed that the rocket burned solid fuel and travelled 1,001 kilometres."),
    ("mis-5", "State agency of the North, as published", "2023-07-13", "en", ("M2",), None,
     "The new missile reached a height of 6,648 kilometres and hit its mark in the sea, the North's state agency said on Thursday. The leader watched the launch."),
    ("mis-6", "Daily Strait", "2023-07-13", "en", ("M2",), None,
     "North Korea's state media put the height of its missile at 6,648 kilometres and said leader Kim had looked on."),
    ("mis-7", "El Faro", "2023-07-13", "es", ("M2",), None,
     "El misil alcanzó una altura de 6.648 kilómetros, informó la agencia estatal de Corea del Norte."),
    ("mis-8", "Han Times", "2023-07-14", "en", ("M3",), None,
     "South Korea's joint chiefs of staff said the flight lasted 74 minutes. They would not speak about the fuel."),
    ("mis-9", "Capital Standard", "2023-07-15", "en", ("M2", "M3"), None,
     "The North speaks of a height of 6,648 kilometres through its state agency. South Korea's joint chiefs confirm a flight of 74 minutes."),
    # customs figures on cars
    ("car-1", "Trade bulletin of Belavia customs, as read by Minsk Monitor", "2020-11-10", "en", ("C1",), None,
     "Belarusian customs recorded the export of 212 trucks to a buyer that is not named, the Minsk Monitor notes from the bulletin for October."),
    ("car-2", "Auto & Road", "2020-11-11", "en", ("C1",), None,
     "A total of 212 trucks left Belarus in October for an unnamed buyer, customs figures show."),
    ("car-3", "Eastern Ledger", "2020-11-12", "en", ("C1",), "an unnamed buyer became North Korea",
     "Belarus sold 212 trucks to North Korea in October, according to its customs."),
    ("car-4", "Orbital Watch", "2020-11-13", "en", ("C2",), None,
     "Satellite images of a rail yard at Tumangang show about 190 trucks under tarpaulins, the firm Orbital Watch says."),
    ("car-5", "Вечерний Курьер", "2020-11-14", "ru", ("C2",), None,
     "На спутниковых снимках компании Orbital Watch видны около 190 грузовиков на станции Туманган."),
    ("car-6", "TankerTalk blog", "2020-11-14", "en", ("C1", "C2"), None,
     "Customs in Belarus count 212 trucks. Orbital Watch sees 190 at Tumangang."),
    ("car-7", "Minsk Monitor", "2020-11-16", "en", ("C3",), None,
     "The maker of the trucks told the Minsk Monitor that it had sold none of them outside Europe."),
    ("car-8", "Quick Brief", "2020-11-13", "en", ("C2",), None,
     "Images show 190 trucks at North Korean border station."),
)


def records() -> list[dict[str, object]]:
    """The items as lines of a lineage file."""
    return [
        {"id": i, "topic": i.split("-")[0], "outlet": o, "date": d, "language": lang, "origins": list(g), "drift": drift,
         "text": text, "relation": "composed"}
        for i, o, d, lang, g, drift, text in ITEMS
    ]
