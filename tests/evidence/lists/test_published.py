"""The published layouts of OFAC, the UK and the EU, and FollowTheMoney: composed files in those layouts."""

import io
import json
import zipfile

import pytest

from observance.errors import FormatError
from observance.evidence.lists import read_list

OFAC_XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://tempuri.org/sdnList.xsd">
  <publshInformation><Publish_Date>09/23/2026</Publish_Date><Record_Count>3</Record_Count></publshInformation>
  <sdnEntry>
    <uid>101</uid><firstName>Ivan Petrovich</firstName><lastName>SAMPLEV</lastName><sdnType>Individual</sdnType>
    <programList><program>DPRK2</program><program>NPWMD</program></programList>
    <idList>
      <id><uid>1</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
      <id><uid>2</uid><idType>Passport</idType><idNumber>75 1234567</idNumber><idCountry>Russia</idCountry></id>
      <id><uid>3</uid><idType>Secondary sanctions risk:</idType><idNumber>See Section 1 of Order 1</idNumber></id>
    </idList>
    <akaList>
      <aka><uid>4</uid><type>a.k.a.</type><category>weak</category><lastName>VANYA</lastName></aka>
      <aka><uid>5</uid><type>f.k.a.</type><category>strong</category><lastName>OLDNAME</lastName><firstName>Ivan</firstName></aka>
    </akaList>
    <nationalityList><nationality><country>Russia</country><mainEntry>true</mainEntry></nationality></nationalityList>
    <dateOfBirthList>
      <dateOfBirthItem><dateOfBirth>08 Jan 1964</dateOfBirth></dateOfBirthItem>
      <dateOfBirthItem><dateOfBirth>circa 1965</dateOfBirth></dateOfBirthItem>
      <dateOfBirthItem><dateOfBirth>1943 to 1947</dateOfBirth></dateOfBirthItem>
    </dateOfBirthList>
  </sdnEntry>
  <sdnEntry>
    <uid>102</uid><lastName>SAMPLE STAR</lastName><sdnType>Vessel</sdnType>
    <programList><program>DPRK4</program></programList>
    <idList>
      <id><uid>6</uid><idType>Vessel Registration Identification</idType><idNumber>IMO 8916580</idNumber></id>
      <id><uid>7</uid><idType>MMSI</idType><idNumber>445114000</idNumber></id>
    </idList>
    <vesselInfo><callSign>HMXW</callSign><vesselType>Bulk Carrier</vesselType><vesselFlag>North Korea</vesselFlag></vesselInfo>
  </sdnEntry>
  <sdnEntry>
    <uid>103</uid><lastName>SAMPLE SHIPPING CO</lastName><sdnType>Entity</sdnType>
    <programList><program>DPRK4</program></programList>
    <idList><id><uid>8</uid><idType>Identification Number</idType><idNumber>IMO 5342883</idNumber></id></idList>
  </sdnEntry>
</sdnList>
"""

SDN_CSV = """101,"SAMPLEV, Ivan","individual","DPRK2] [NPWMD","Director","-0- ",-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 08 Jan 1964; alt. DOB 1965; POB Moscow, Russia; nationality Russia; alt. Passport 1234567 (Russia); SSN 523-33-8386 (United States); Gender Male; Linked To: SAMPLE CO; a.k.a. 'ABU-'UMAR'."
102,"SAMPLE STAR","vessel","DPRK4",-0- ,"HMXW","Bulk Carrier","2597","1098","North Korea","Sample Owner Ltd.","Vessel Registration Identification IMO 8916580; MMSI 445114000."
103,"SAMPLE SHIPPING CO",-0- ,"DPRK4",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Identification Number IMO 5342883."
\x1a
"""
ALT_CSV = '101,9,"aka","SAMPLOV, Ivan",-0- \n102,10,"fka","OLD STAR",-0- \n'
ADD_CSV = '103,11,"1 Harbour Road","Pyongyang","North Korea",-0- \n'

UK_HEADER = (
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,"
    "Alias strength,Title,Name non-latin script,Non-latin script type,Non-latin script language,Regime Name,"
    "Designation Type,Designation source,Sanctions Imposed,Other Information,UK Statement of Reasons,Address Line 1,"
    "Address Line 2,Address Line 3,Address Line 4,Address Line 5,Address Line 6,Address Postal Code,Address Country,"
    "Phone number,Website,Email address,Date Designated,D.O.B,Nationality(/ies),National Identifier number,"
    "National Identifier additional information,Passport number,Passport additional information,Position,Gender,"
    "Town of birth,Country of birth,Type of entity,Subsidiaries,Parent company,Business registration number (s),"
    "IMO number,Current owner/operator (s),Previous owner/operator (s),Current believed flag of ship,Previous flags,"
    "Type of ship,Tonnage of ship,Length of ship,Year Built,Hull identification number (HIN)"
)


def uk_row(**cells: str) -> list[str]:
    names = {name.replace(" ", "_").lower(): at for at, name in enumerate(UK_HEADER.split(","))}
    row = [""] * len(names)
    for key, value in cells.items():
        row[names[key]] = value
    return row


UK_ROWS = [
    uk_row(last_updated="18/12/2021", unique_id="DPR0901", name_6="Sample 8", name_type="Primary name",
           regime_name="DPRK Regulations", designation_type="Ship", date_designated="03/10/2017", imo_number="IMO9562233",
           current_believed_flag_of_ship="Comoros", previous_flags="India", type_of_ship="Bulk Carrier"),
    uk_row(last_updated="18/12/2021", unique_id="DPR0901", name_6="Old Sample", name_type="Alias",
           regime_name="DPRK Regulations", designation_type="Ship", date_designated="03/10/2017", imo_number="IMO9562233"),
    uk_row(last_updated="01/02/2022", unique_id="DPR0902", un_reference_number="KPi.901", name_6="SAMPLE", name_1="Il",
           name_2="Nam", name_type="Primary Name", designation_type="Individual", date_designated="02/03/2016",
           **{"d.o.b": "dd/mm/1960", "nationality(/ies)": "North Korea", "passport_number": "745132109"}),
    uk_row(last_updated="01/02/2022", unique_id="DPR0902", un_reference_number="KPi.901", name_6="SAMPLE", name_1="Il",
           name_2="Nam", name_type="Primary Name", designation_type="Individual", date_designated="02/03/2016",
           **{"d.o.b": "17/07/1961", "name_non-latin_script": "샘플 일남"}),
]  # fmt: skip

UK_XML = """<?xml version="1.0" encoding="utf-8"?>
<Designations><DateGenerated>20/08/2026</DateGenerated>
<Designation><LastUpdated>18/12/2021</LastUpdated><DateDesignated>03/10/2017</DateDesignated><UniqueID>DPR0901</UniqueID>
 <Names><Name><Name6>Sample 8</Name6><NameType>Primary name</NameType></Name>
        <Name><Name6>Old Sample</Name6><NameType>Alias</NameType></Name></Names>
 <RegimeName>DPRK Regulations</RegimeName><IndividualEntityShip>Ship</IndividualEntityShip>
 <ShipDetails><Ship><IMONumbers><IMONumber>IMO9562233</IMONumber></IMONumbers>
  <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Comoros</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>
  <PreviousFlags><PreviousFlag>India</PreviousFlag></PreviousFlags>
  <TypeOfShipDetails><TypeOfShip>Bulk Carrier</TypeOfShip></TypeOfShipDetails></Ship></ShipDetails></Designation>
<Designation><LastUpdated>01/02/2022</LastUpdated><DateDesignated>02/03/2016</DateDesignated><UniqueID>DPR0902</UniqueID>
 <UNReferenceNumber>KPi.901</UNReferenceNumber>
 <Names><Name><Name1>Il</Name1><Name2>Nam</Name2><Name6>SAMPLE</Name6><NameType>Primary Name</NameType></Name></Names>
 <NonLatinNames><NonLatinName><NameNonLatinScript>샘플 일남</NameNonLatinScript></NonLatinName></NonLatinNames>
 <IndividualEntityShip>Individual</IndividualEntityShip>
 <IndividualDetails><Individual><DOBs><DOB>dd/mm/1960</DOB><DOB>17/07/1961</DOB></DOBs>
  <Nationalities><Nationality>North Korea</Nationality></Nationalities>
  <PassportDetails><Passport><PassportNumber>745132109</PassportNumber></Passport></PassportDetails>
 </Individual></IndividualDetails></Designation>
</Designations>
"""

EU_XML = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-08-05T00:47:04.449+02:00" globalFileId="184961">
  <sanctionEntity designationDetails="" designationDate="2002-06-18" unitedNationId="KPi.901" euReferenceNumber="EU.77.33" logicalId="83">
    <remark>Composed for a test</remark>
    <regulation programme="PRK" numberTitle="2017/1509" entryIntoForceDate="2017-09-01" publicationDate="2017-08-31"/>
    <subjectType code="person" classificationCode="P"/>
    <nameAlias wholeName="샘플  일남" nameLanguage="KO" strong="true" logicalId="1"/>
    <nameAlias firstName="Il Nam" lastName="SAMPLE" wholeName="Il Nam SAMPLE" nameLanguage="EN" strong="true" logicalId="2"/>
    <nameAlias wholeName="Il-nam" strong="false" logicalId="3"/>
    <citizenship countryIso2Code="KP" countryDescription="NORTH KOREA"/>
    <birthdate circa="true" year="1960" countryIso2Code="00"/>
    <birthdate circa="false" birthdate="1961-07-17" year="1961" countryIso2Code="KP"/>
    <identification number="745132109" identificationTypeCode="passport" countryIso2Code="KP"/>
  </sanctionEntity>
</export>
"""

FTM = [
    {"id": "NK-1", "schema": "Person", "caption": "Il Nam SAMPLE", "properties": {"name": ["Il Nam SAMPLE", "샘플 일남"],
     "weakAlias": ["Nam"], "birthDate": ["1961-07-17"], "nationality": ["kp"], "passportNumber": ["745132109"]}},
    {"id": "s-1", "schema": "Sanction", "properties": {"entity": ["NK-1"], "listingDate": ["2016-03-02"], "program": ["1718"], "unscId": ["KPi.901"]}},
    {"id": "NK-2", "schema": "Vessel", "properties": {"name": ["SAMPLE 8"], "previousName": ["OLD SAMPLE"], "imoNumber": ["IMO9562233"], "flag": ["km"]}},
    {"id": "a-1", "schema": "Address", "properties": {"full": ["1 Harbour Road"]}},
]  # fmt: skip


def read(text: str | bytes, **options):
    data = text.encode() if isinstance(text, str) else text
    return read_list(data, **{"name": "list", **options})


def numbers(entry, scheme):
    return entry.identifier(scheme)


def zipped(**files: str) -> bytes:
    with io.BytesIO() as buffer:
        with zipfile.ZipFile(buffer, "w") as packed:
            for name, text in files.items():
                packed.writestr(name.replace("_csv", ".csv").upper(), text)
        return buffer.getvalue()


def uk_csv() -> str:
    return "Report Date: 13-Feb-2026\n" + UK_HEADER + "\n" + "\n".join(",".join(row) for row in UK_ROWS) + "\n"


def uk_ods() -> bytes:
    names = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'

    def line(cells):
        made = "".join(
            f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>"
            if cell
            else '<table:table-cell table:number-columns-repeated="1"/>'
            for cell in cells
        )
        return f'<table:table-row>{made}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'

    rows = [["Report Date: 13-Feb-2026"], UK_HEADER.split(","), *UK_ROWS]
    content = f"<office xmlns='o' {names}><table:table>{''.join(line(row) for row in rows)}</table:table></office>"
    with io.BytesIO() as buffer:
        with zipfile.ZipFile(buffer, "w") as packed:
            packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            packed.writestr("content.xml", content)
        return buffer.getvalue()


def test_ofac_xml_reads_by_its_published_layout():
    version = read(OFAC_XML, adapter="ofac")
    person, ship, company = version.entries
    assert (version.adapter, version.date) == ("ofac-xml", "2026-09-23")
    assert [(n.value, n.kind, n.quality) for n in person.names] == [
        ("SAMPLEV, Ivan Petrovich", "primary", "primary"),
        ("VANYA", "alias", "low"),
        ("OLDNAME, Ivan", "former", "good"),
    ]
    assert [born.value for born in person.birth_dates] == ["1964-01-08", "1965~", "1943/1947"]
    assert [(i.scheme, i.value, i.state) for i in person.identifiers] == [("passport", "75 1234567", "RUS")]
    assert (numbers(ship, "imo"), numbers(ship, "mmsi"), numbers(ship, "callsign")) == (
        ("8916580",),
        ("445114000",),
        ("HMXW",),
    )
    assert [(s.kind, s.code) for s in ship.states] == [("flag", "PRK")]
    assert (numbers(company, "imo-company"), numbers(company, "imo")) == (("5342883",), ())


def test_an_ofac_file_that_lost_records_is_refused_by_its_own_count():
    cut = OFAC_XML[: OFAC_XML.index("  <sdnEntry>\n    <uid>103")] + "</sdnList>"
    with pytest.raises(FormatError, match="own count differs"):
        read(cut, adapter="ofac")


def test_ofac_csv_reads_by_its_published_layout_alone_and_in_a_zip():
    alone = read(SDN_CSV, adapter="ofac", date="2026-09-23")
    person, ship, company = alone.entries
    assert person.programme == "DPRK2; NPWMD"
    assert [(n.value, n.quality) for n in person.names] == [("SAMPLEV, Ivan", "primary"), ("ABU-'UMAR", "low")]
    assert [born.value for born in person.birth_dates] == ["1964-01-08", "1965"]
    assert [(i.scheme, i.value) for i in person.identifiers] == [
        ("passport", "1234567"),
        ("national-id", "523-33-8386"),
    ]
    assert (numbers(ship, "imo"), numbers(ship, "mmsi"), numbers(ship, "callsign")) == (
        ("8916580",),
        ("445114000",),
        ("HMXW",),
    )
    assert numbers(company, "imo-company") == ("5342883",)
    assert any("ALT.CSV" in warning for warning in alone.warnings)

    whole = read(zipped(sdn_csv=SDN_CSV, alt_csv=ALT_CSV, add_csv=ADD_CSV), adapter="ofac", date="2026-09-23")
    assert [[n.value for n in entry.names] for entry in whole.entries] == [
        ["SAMPLEV, Ivan", "SAMPLOV, Ivan", "ABU-'UMAR"],
        ["SAMPLE STAR", "OLD STAR"],
        ["SAMPLE SHIPPING CO"],
    ]
    assert [(s.kind, s.code) for s in whole.entries[2].states] == [("address", "PRK")]


@pytest.mark.parametrize(
    ("data", "adapter", "day"),
    [
        pytest.param(uk_csv(), "uk-csv", "2026-02-13", id="csv"),
        pytest.param(uk_ods(), "uk-ods", "2026-02-13", id="ods"),
        pytest.param(UK_XML, "uk-xml", "2026-08-20", id="xml"),
    ],
)
def test_the_uk_list_reads_the_same_in_each_published_form(data, adapter, day):
    version = read(data, adapter="uk")
    ship, person = version.entries
    assert (version.adapter, version.date) == (adapter, day)
    assert [(n.value, n.kind) for n in ship.names] == [("Sample 8", "primary"), ("Old Sample", "alias")]
    assert numbers(ship, "imo") == ("9562233",)
    assert [(s.kind, s.code) for s in ship.states] == [("flag", "IND"), ("flag", "COM")], "the flag now comes last"
    assert ship.listed_on == "2017-10-03"
    assert [(n.value, n.script) for n in person.names] == [("Il Nam SAMPLE", "Latn"), ("샘플 일남", "Hang")]
    assert [born.value for born in person.birth_dates] == ["1960", "1961-07-17"]
    assert person.crosswalk == "KPi.901"
    assert numbers(person, "passport") == ("745132109",)


def test_the_eu_xml_reads_by_its_published_layout():
    version = read(EU_XML, adapter="eu")
    (person,) = version.entries
    assert (version.adapter, version.date) == ("eu-xml", "2026-08-05"), "the day in its own time zone, not in UTC"
    assert [(n.value, n.kind, n.quality) for n in person.names] == [
        ("Il Nam SAMPLE", "primary", "primary"),
        ("샘플 일남", "alias", "good"),
        ("Il-nam", "alias", "low"),
    ]
    assert person.names[1].exact == "샘플  일남", "the cell stays as written"
    assert [born.value for born in person.birth_dates] == ["1960~", "1961-07-17"]
    assert (person.crosswalk, person.listed_on, person.programme) == ("KPi.901", "2002-06-18", "PRK")
    assert [(i.scheme, i.value, i.state) for i in person.identifiers if i.state] == [("passport", "745132109", "PRK")]


def test_followthemoney_entities_become_entries_with_their_sanctions():
    version = read("\n".join(json.dumps(line) for line in FTM), adapter="ftm", date="2026-01-01")
    person, ship = version.entries
    assert (person.listed_on, person.programme, person.crosswalk) == ("2016-03-02", "1718", "KPi.901")
    assert [(n.value, n.quality) for n in person.names] == [
        ("Il Nam SAMPLE", "primary"),
        ("샘플 일남", "good"),
        ("Nam", "low"),
    ]
    assert (numbers(ship, "imo"), [s.code for s in ship.states]) == (("9562233",), ["COM"])
    assert version.count("schemas.Address") == 1


def test_the_pdf_of_the_vessel_list_says_what_the_html_says():
    from tests.evidence.lists.test_counts import load

    html, pdf = load("un_1718_vessels_2020-06-04.html"), load("un_1718_vessels_2020-06-04.pdf")
    assert pdf.date == html.date
    assert pdf.counts == html.counts

    def facts(entry):
        return (
            entry.reference,
            [name.value for name in entry.names],
            [(number.scheme, number.value) for number in entry.identifiers],
            [(found.kind, found.name) for found in entry.states],
            entry.columns,
            entry.listed_on,
        )

    assert [facts(entry) for entry in pdf.entries] == [facts(entry) for entry in html.entries]


def test_a_table_of_ones_own_reads_under_a_mapping():
    table = "Ref;Ship name;IMO No;Flag\nA1;SAMPLE 8;9562233;Comoros\nA2;;9562233;\n"
    version = read(
        table,
        mapping={"reference": "ref", "name": "ship name", "imo": "imo no", "flag": "flag"},
        date="2026-01-01",
        list_id="own",
    )
    (ship,) = version.entries
    assert (version.list_id, version.adapter, ship.reference, ship.kind) == ("own", "csv", "A1", "vessel")
    assert numbers(ship, "imo") == ("9562233",)
    assert any("row 2 has no name" in warning for warning in version.warnings)
    with pytest.raises(FormatError, match="did you mean 'Ship name'"):
        read(table, mapping={"name": "ships name"}, date="2026-01-01")
