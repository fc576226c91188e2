"""The other monitors are definitions only: what was published goes in and comes out, as tables, series and metrics."""

import pytest

from daemon import run
from examples import OTHERS, example_path

NOT_PUBLISHED = None

# Figures of the reports on 2022-11-30 and 2024-04-30, and of the letter on 2024-11-26, by table.
OT = {
    "aanmelding": {
        "aangemeld": (267, 967, 1142),
        "ondersteund": (161, 501, None),
        "ondersteund_lopend": (161, 484, None),
        "ondersteund_heropend": (2, 17, None),
        "niet_ondersteund": (104, 466, None),
        "nog_niet_gestart": (None, 44, None),
        "nooit_gestart": (None, 139, None),
        "afgesloten": (None, 283, 490),
        "telefonisch_contact": (81, 85, None),
        "welkomstgesprek": (72, 67, None),
        "route_direct": (192, 756, None),
        "route_professional": (62, 136, None),
        "na_steunbrief": (None, 246, None),
        "hoogste_maand": (None, 105, None),
        "buiten_doelgroep_laagst": (56, None, None),
        "buiten_doelgroep_hoogst": (66, None, None),
        "buitenland": (9, None, None),
        "regios_betrokken": (34, 40, None),
    },
    "gezinnen-en-kinderen": {
        "kinderen": (552, 1569, None),
        "uithuisgeplaatst_nu": (220, 447, None),
        "uithuisgeplaatst_verleden": (None, 384, None),
        "uithuisgeplaatst": (None, 831, None),
        "maatregel_met": (155, 534, None),
        "maatregel_zonder": (21, 133, None),
        "maatregel_beide": (15, 50, None),
        "maatregel_bekend": (191, 717, None),
        "plaats_pleeggezin": (73, 225, None),
        "plaats_andere_ouder": (53, 146, None),
        "plaats_netwerk": (49, 162, None),
        "reden_bekend": (88, None, None),
        "gezag_alle": (96, 343, None),
        "gezag_geen": (67, 130, None),
        "gezag_een_ouder": (None, 271, None),
        "gezag_beide_ouders": (None, 161, None),
        "niet_in_beeld_wie": (None, 65, None),
        "niet_in_beeld_samenstelling": (None, 208, None),
        "niet_in_beeld_gezag": (None, 62, None),
    },
    "resultaten": {
        "resultaat_persoonlijk": (None, None, 404),
        "resultaat_bestaan": (None, None, 188),
        "resultaat_gezin": (None, None, 137),
        "omgang_verbeterd": (20, 38, None),
        "omgang_tot_stand": (1, 19, None),
        "gezag_hersteld": (6, 13, None),
        "plaatsing_voorkomen": (5, 13, None),
        "contact_kinderen": (9, 52, None),
        "contact_onderling": (4, 31, None),
        "contact_verwanten": (2, 19, None),
        "teruggeplaatst": (9, 36, 56),
        "teruggeplaatst_gezinnen": (6, 25, None),
        "analyse_ingezet": (11, None, None),
        "analyse_afgerond": (None, 9, None),
        "analyse_lopend": (None, 13, None),
        "tevreden": (None, None, 81),
        "verbeterd_vertrouwen": (None, None, 33),
        "verbeterd_contact": (None, None, 19),
        "verbeterd_bestaan": (None, None, 29),
        "verbeterd_regie": (None, None, 42),
    },
}
LETTER = {
    ("zij-instroom", "voortgang"): {"plaatsen": (300,), "gestart": (162,), "geregistreerd": (44,),
                                    "in_opleiding": (102,), "vertrokken": (10,), "stand_bekend": (156,)},
    ("tarief", "tarief"): {"aandeel": (100,)},
    ("uhp-kot", "koppelingen"): {"ouders": (281,), "kinderen": (428,), "ouders_totaal": (2159,),
                                 "kinderen_totaal": (3532,)},
}
TABLES = {**{("ot", table): rows for table, rows in OT.items()}, **LETTER}
REGIONS = {  # families per region, on 2022-11-30 and 2024-04-30
    "2022-11-30": {"JZ29": 26, "JZ13": 20, "JZ07": 14},
    "2024-04-30": {"JZ29": 84, "JZ13": 82, "JZ31": 50, "JZ08": 47, "JZ24": 35},
}


def samples(text):
    """{name with labels: value}."""
    return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))


@pytest.mark.parametrize("monitor, table", TABLES)
def test_a_table_has_what_was_published_and_nothing_else(letter, monitor, table):
    answer = letter.get(f"/v1/monitors/{monitor}/tabellen/{table}")
    assert answer.status == 200, answer.text
    found = {row["indicator"]: tuple(cell.get("waarde") for cell in row["cellen"])
             for row in answer.json()["rijen"]}
    assert found == TABLES[monitor, table]


@pytest.mark.parametrize("table", OT)
def test_what_was_not_published_says_so(letter, table):
    for row in letter.get(f"/v1/monitors/ot/tabellen/{table}").json()["rijen"]:
        for cell, figure in zip(row["cellen"], OT[table][row["indicator"]]):
            assert cell.get("reden") == ("niet-aangeleverd" if figure is NOT_PUBLISHED else None)
            assert cell["respons"]["verwacht"] == 1, "no GI is expected here"


def test_the_period_of_a_series_changes_with_its_peildata(letter):
    peildata = letter.get("/v1/monitors/ot").json()["peildata"]
    assert [(day["peildatum"], day.get("periode"), day.get("van")) for day in peildata] == [
        ("2022-11-30", "maand", "2022-11-01"), ("2024-04-30", "kwartaal", "2024-02-01"),
        ("2024-11-26", None, None)]
    table = letter.get("/v1/monitors/ot/tabellen/aanmelding").json()
    assert table["kolommen"] == [day["peildatum"] for day in peildata]
    assert [period["periode"] for period in table["perioden"]] == ["maand", "kwartaal"]
    page = letter.get("/v1/monitors/ot/tabellen/aanmelding?formaat=md").text
    assert "30 april 2024: kwartaal vanaf 1 februari 2024." in page


def test_a_change_between_reports_breaks_the_series(letter):
    points = letter.get("/v1/monitors/ot/reeksen?indicator=ondersteund,niet_ondersteund").json()["reeksen"]
    assert [(point["definitie"], point["reeksbreuk"]) for point in points] == [
        (1, False), (2, True), (2, False)] * 2
    page = letter.get("/v1/monitors/ot/tabellen/aanmelding?formaat=md").text
    assert "‡ Reeksbreuk op 30 april 2024, Nu ondersteund: De heropende gezinnen tellen mee" in page


@pytest.mark.parametrize("peildatum", REGIONS)
def test_families_per_region_are_not_added_up(analyst, letter, peildatum):
    where = f"/v1/monitors/ot/reeksen?indicator=gezinnen_per_regio&van={peildatum}&tot={peildatum}"
    points = analyst.get(where + "&niveau=regio").json()["reeksen"]
    assert len(points) == 42
    assert {point["regio"]: point["waarde"] for point in points if "waarde" in point} == REGIONS[peildatum]
    nation, = letter.get(where).json()["reeksen"]
    assert "waarde" not in nation and nation["reden"] == "niet-van-toepassing"


def test_a_printed_contradiction_needs_a_reason(gimon, workshop):
    client = gimon.client(workshop.token("anderen"))
    path, delivery = example_path("zij-instroom", "2024-06-01", "ministerie-jenv")
    reason = delivery["toelichtingen"].pop("stand-som")
    refused = client.put_json(path, delivery)
    finding, = refused.json()["bevindingen"]
    assert refused.status == 400
    assert (finding["code"], finding["ernst"], finding["plaats"], finding["waarde"], finding["verwacht"]) == (
        "stand-som", "toelichting-vereist", "/cijfers/stand", 156, "162")
    delivery["toelichtingen"]["stand-som"] = reason
    taken = client.put_json(path, delivery)
    assert taken.status == 201
    assert [finding["toelichting"] for finding in taken.json()["bevindingen"]] == [reason]


def test_what_holds_needs_no_reason(gimon, workshop):
    client = gimon.client(workshop.token("anderen"))
    path, delivery = example_path("ot", "2024-04-30", "ondersteuningsteam")
    found = client.put_json(path, delivery).json()["bevindingen"]  # 501 = 484 + 17, and 967, 831, 717
    assert {finding["ernst"] for finding in found} == {"waarschuwing"}
    delivery["cijfers"]["ondersteuning"]["heropend"] = 16
    found = client.put_json(path, delivery).json()["bevindingen"]
    assert {finding["code"] for finding in found if finding["ernst"] != "waarschuwing"} == {
        "ondersteund-som", "aangemeld-som"}


def test_the_metrics_of_each_monitor_have_its_name(letter):
    found = samples(letter.get("/metrics").text)
    for name, value in {"ot_aangemeld": "1142", "ot_tevreden_ratio": "0.81", "zij_instroom_gestart": "162",
                        "tarief_aandeel_ratio": "1", "uhp_kot_kinderen_totaal": "3532"}.items():
        assert found[f'{name}{{niveau="landelijk"}}'] == value
    assert found['ot_reeks{indicator="telefonisch_contact",niveau="landelijk",peildatum="2022-11-30"}'] == "81"
    assert found['tarief_norm{indicator="aandeel"}'] == "100"
    for prefix in ("ot", "zij_instroom", "tarief", "uhp_kot"):
        assert found[f"{prefix}_respons_verwacht"] == found[f"{prefix}_respons_ontvangen"] == "1"


def test_a_gi_does_not_deliver_here(gimon, workshop):
    gi = gimon.client(workshop.token("gi"))
    _, delivery = example_path("tarief", "2024-12-02", "ministerie-jenv")
    answer = gi.put_json("/v1/monitors/tarief/peildata/2024-12-02/aanleveringen/jb-noord", delivery)
    assert answer.status == 400
    assert [finding["code"] for finding in answer.json()["bevindingen"]] == ["niet-verwacht"]
    other = gi.put_json("/v1/monitors/tarief/peildata/2024-12-02/aanleveringen/ministerie-jenv", delivery)
    assert other.status == 403


def test_a_report_prints_any_monitor(letter):
    done = run("report", "koppelingen", "--url", letter.address, "--monitor", "uhp-kot")
    assert done.returncode == 0, done.stderr
    assert "Kinderen in totaal" in done.stdout and "3.532" in done.stdout


def test_the_examples_say_that_they_were_published():
    for monitor, peildatum, organisation in OTHERS:
        _, delivery = example_path(monitor, peildatum, organisation)
        assert delivery["toelichtingen"]["algemeen"].startswith("Gepubliceerde cijfers, niet synthetisch. Bron: ")
