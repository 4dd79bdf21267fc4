"""City packs: those the room ships load, one folder makes a city, and a slip is named by file and line."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sensors.city import PACKS, CityError, load_city
from sensors.kinds import KINDS

SHIPPED = sorted(path.parent.name for path in PACKS.glob("*/city.toml"))
HERE = "-5.05,119.05,true,99.01.01,99.01.01.1001"
TINY = {
    "city.toml": 'key = "tiny"\nname = "Kota Kecil"\nregion = "99.01"\ncountry = "ID"\ntopic_root = "tiny"\n'
    'zone = "Asia/Makassar"\nzone_word = "WITA"\nprice_zone = "nasional"\n'
    'price_zones = "nasional"\nunits = "kg"\ncommodity_groups = "beras"\nretention_days = 30\nreplay_days = 14\n'
    'services = "laksa"\n'
    "upstream_km = 20\n",
    "holidays.csv": "date,name,working,source\n2026-11-24,Hari jadi kota,false,contoh\n",
    "noise_limits.csv": "zone,name,limit,tolerance,tolerance_sample,regulation,valid_from,source\n"
    "perumahan,Perumahan,55,3,true,KEP-48/1996,1996-11-25,contoh\n",
    "targets.csv": "kind,devices,statistic,word,better,target,warn,unit,due,valid_from,source,sample\n"
    "rain,gauge-1,day-sum,kisaran,near,20,5,mm,,2026-01-01,contoh,true\n"
    "water_level,,usual,biasanya,less,120,150,%,2026-12-31,2026-01-01,contoh,true\n",
    "place_levels.csv": "scope,measure,level,threshold,least,valid_from,source,sample\n"
    "kelurahan,overdue,merah,3,,2026-01-01,contoh,true\n"
    "kecamatan,open,jingga,200,20,2026-01-01,contoh,true\n",
    "outline.csv": "lat,lon\n-5.0,119.0\n-5.0,119.1\n-5.1,119.1\n",
    "districts.csv": "code,bps,name,area_km2,lat,lon\n99.01.01,9901010,Utara,10,-5.05,119.05\n",
    "subdistricts.csv": "code,name,district_code,district,area_km2,lat,lon\n"
    "99.01.01.1001,Pantai,99.01.01,Utara,5,-5.05,119.05\n",
    "agencies.csv": "key,name,short,sample\ndlh,Dinas Lingkungan Hidup,DLH,false\n",
    "devices.csv": "key,name,place,kinds,lat,lon,approximate,district,subdistrict,agency,river,source\n"
    "gauge-1,Muara,gauge,water_level rain,-5.05,119.05,true,99.01.01,99.01.01.1001,dlh,Kali Kecil,contoh\n"
    "noise-1,Rumah,noise,noise,-5.05,119.05,true,99.01.01,99.01.01.1001,dlh,,contoh\n"
    "rekap-1,Rekap,office,cases_total cases_done cases_working cases_waiting,-5.05,119.05,true,99.01.01,,dlh,,contoh\n",
    "service_totals.csv": "service,device,source,sample\nlaksa,rekap-1,contoh,true\n",
    "ladders.csv": "device,level,word,threshold,datum,unit,valid_from,source,sample\n"
    "gauge-1,4,Normal,0,papan duga,cm,2026-01-01,contoh,true\n"
    "gauge-1,1,Awas,200,papan duga,cm,2026-01-01,contoh,true\n",
    "noise_zones.csv": "device,zone,valid_from,source,sample\nnoise-1,perumahan,2026-01-01,contoh,true\n",
    "completeness.csv": "rule,percent,valid_from,source,sample\nispu,75,2026-01-01,contoh,true\n"
    "noise,75,2026-01-01,contoh,true\npace,50,2026-01-01,contoh,true\n"
    "prices,50,2026-01-01,contoh,true\nwaste,90,2026-01-01,contoh,true\n",
    "markets.csv": "key,name,short,lat,lon,approximate,source\npasar-1,Pasar Satu,Satu,-5.05,119.05,true,contoh\n",
    "commodities.csv": "key,name,unit,group,on_wall\nberas-medium,Beras medium,kg,beras,true\n",
    "reference_prices.csv": "commodity,instrument,low,high,unit,zone,valid_from,valid_to,regulation,source\n"
    "beras-medium,HET,,14000,kg,nasional,2026-01-01,2026-06-30,contoh,contoh\n"
    "beras-medium,HET,,14500,kg,nasional,2026-07-01,,contoh,contoh\n",
    "price_steps.csv": "days,level,word,percent,source\n7,1,Waspada,5,contoh\n7,2,Tinggi,10,contoh\n",
    "price_variation.csv": "low,included,level,word,days,least_days,valid_from,regulation,source\n"
    "0,true,0,stabil,30,20,2015-01-06,Kemendag,contoh\n9,false,1,bergejolak,30,20,2015-01-06,Kemendag,contoh\n",
    "scenes.toml": '[night]\ndims_from = "22:00"\ndims_until = "05:00"\nreloads_at = "03:30"\n'
    "[curves]\nrivers = 12\nair = 24\nworks = 24\n[takeover]\nseconds = 20\nmost_per_minute = 1\n"
    "[replay]\nwall_returns_after = 10\ndesk_returns_after = 60\n"
    '[[scenes]]\nkey = "muara"\ntitle = "Muara"\ndwell = 30\ncolumns = "1fr 20rem"\n'
    'rows = "2rem 1fr"\nareas = """\natas atas\nkiri kanan\n"""\nunseen = ""\n',
    "indicators.toml": 'name = "Skor"\nformula = "nilai ÷ target"\ncap = 1.5\nnear = 0.9\nleast_coverage = 0.5\n'
    'valid_from = 2026-01-01\nsource = "contoh"\nsample = true\n'
    '[[goals]]\nkey = "liveable"\nname = "Layak huni"\nword = "Liveable"\n'
    '[[pillars]]\nkey = "living"\nname = "Kehidupan"\nword = "Living"\n'
    '[[indicators]]\nkey = "hujan"\nname = "Hujan"\ngoal = "liveable"\npillar = "living"\nmeasure = "reading-mean"\n'
    'of = "rain"\nbetter = "less"\ntarget = 5\ntolerance = 0\nunit = "mm"\ndecimals = 1\nweight = 1\nhours = 24\n'
    'valid_from = 2026-01-01\nbasis = "contoh"\nsource = "contoh"\nsample = true\n',
    "ispu.csv": "pollutant,index,concentration,regulation,valid_from,source\n"
    "pm25,0,0,P.14/2020,2020-07-01,contoh\npm25,50,15.5,P.14/2020,2020-07-01,contoh\n",
    "ispu_categories.csv": "low,word,colour,regulation,valid_from\n0,Baik,hijau,P.14/2020,2020-07-01\n",
    "cap_levels.csv": "severity,urgency,certainty,level,source\nExtreme,*,Observed Likely,awas,contoh\n"
    "*,*,*,waspada,contoh\n",
    "channels.csv": "key,name,kind,credit,url,source,sample\nbmkg,BMKG,warning,BMKG,https://www.bmkg.go.id,contoh,false\n",
    "sources.csv": "key,channel,url,every,format,source,sample\n"
    "nowcast,bmkg,https://example.org/rss?adm4={subdistrict},300,rss-cap,contoh,true\n",
    "rain_classes.csv": "span,low,word,colour,source\nday,0,Berawan,abu-abu,BMKG\nhour,1,Ringan,hijau,BMKG\n",
    "alarm_limits.csv": (PACKS / "tangerang/alarm_limits.csv").read_text(encoding="utf-8").partition("\n")[2],
    "analysis_limits.csv": (PACKS / "tangerang/analysis_limits.csv").read_text(encoding="utf-8").partition("\n")[2],
    "dataset.toml": 'publisher = "Kota"\nlicence = "CC BY 4.0"\nlicence_url = "https://example.org"\n'
    'standard = "contoh"\nsource = "contoh"\nsample = true\n',
    "alarms.toml": '[[rules]]\nkey = "siaga-1"\nkind = "siaga"\ntitle = "Siaga 1"\npriority = "high"\nagency = "dlh"\n'
    'action = "Periksa"\nvalid_from = 2026-01-01\nsource = "contoh"\nsample = true\nlevel = 1\nclear_below_cm = 10\n'
    "on_minutes = 0\noff_minutes = 10\n",
    "quake_rules.csv": "magnitude,within_km,felt,level,hours,source,sample\n"
    ",,IV,siaga,48,contoh,true\n5,300,,waspada,24,contoh,true\n",
    "services/laksa.toml": 'key = "laksa"\nname = "LAKSA"\ndaily = 35\nsource = "contoh"\nsample = true\n'
    '[[statuses]]\nkey = "menunggu"\nname = "Menunggu"\nrole = "waiting"\nopen = true\nnext = "selesai"\n'
    '[[statuses]]\nkey = "selesai"\nname = "Selesai"\nrole = "done"\nopen = false\nnext = ""\n'
    '[[categories]]\nkey = "sampah"\nname = "Sampah"\nagency = "dlh"\ntype = "aduan"\ncounts = true\nshare = 1\n'
    '[[stages]]\nkey = "jawab"\nname = "Jawab"\nsince = "opened"\nuntil = "selesai"\ntypes = "aduan"\nlength = 5\n'
    'unit = "working-days"\nregulation = "contoh"\nvalid_from = 2025-01-01\nsource = "contoh"\nsample = true\n'
    '[[outcomes]]\nkey = "bukan-wewenang"\nname = "Bukan wewenang"\nsource = "contoh"\n',
}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    for name, text in TINY.items():
        path = tmp_path / "tiny" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "tiny"


@pytest.fixture
def slip(tiny: Path) -> Callable[[str, str, str], str]:
    """Write a slip into a file of the tiny pack; gives the one line the start then prints."""

    def load(name: str, right: str, wrong: str) -> str:
        path = tiny / name
        text = path.read_text(encoding="utf-8")
        assert right in text
        path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
        with pytest.raises(CityError) as caught:
            load_city(str(tiny))
        assert "\n" not in str(caught.value)
        return str(caught.value)

    return load


def test_the_room_ships_a_pack() -> None:
    assert "tangerang" in SHIPPED


def test_a_gauge_upstream_has_no_district_and_may_stand_outside_the_city(tiny: Path) -> None:
    path = tiny / "devices.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}gauge-hulu,Hulu,gauge,water_level,-5.3,119.05,true,,,dlh,Kali Kecil,contoh\n", "utf-8")
    devices = load_city(str(tiny)).devices
    assert devices["gauge-hulu"].upstream
    assert devices["gauge-hulu"].district is None
    assert not devices["gauge-1"].upstream


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_pack_loads_and_is_whole(name: str) -> None:
    city = load_city(name)
    assert city.key == name
    assert {kind for device in city.devices.values() for kind in device.kinds} <= set(KINDS)
    assert all(any(s.district == code for s in city.subdistricts.values()) for code in city.districts)
    assert any(commodity.on_wall for commodity in city.commodities.values())
    assert {row.pollutant for row in city.ispu} <= set(KINDS)
    assert all(device.ladder for device in city.devices.values() if device.place == "gauge")


def test_one_folder_is_a_city(tiny: Path) -> None:
    city = load_city(str(tiny))
    assert (city.name, str(city.zone), city.zone_word, city.topic_root) == (
        "Kota Kecil",
        "Asia/Makassar",
        "WITA",
        "tiny",
    )
    gauge = city.devices["gauge-1"]
    assert gauge.kinds == ("water_level", "rain")
    assert gauge.ladder is not None
    assert [step.level for step in gauge.ladder.steps] == [4, 1]
    assert city.services["laksa"].categories["sampah"].agency == "dlh"
    assert city.boundaries is None
    assert (city.channels["bmkg"].kind, city.sources[0].channel) == ("warning", "bmkg")
    assert city.sources[0].urls(city.subdistricts) == ("https://example.org/rss?adm4=99.01.01.1001",)
    assert city.services["laksa"].stages[0].length == 5
    assert city.services["laksa"].outcomes["bukan-wewenang"].name == "Bukan wewenang"
    assert city.calendar.free(date(2026, 11, 24)) == "Hari jadi kota"
    assert city.noise_limits["perumahan"].limit == 55
    assert city.noise_zones["noise-1"].zone == "perumahan"
    assert (city.least_shares["ispu"].percent, city.least_shares["noise"].sample) == (75, True)
    assert [(row.kind, row.devices, row.due) for row in city.targets] == [
        ("rain", ("gauge-1",), None),
        ("water_level", (), date(2026, 12, 31)),
    ]


def test_a_later_row_of_a_stage_must_be_of_a_later_day(tiny: Path) -> None:
    path = tiny / "services/laksa.toml"
    text = path.read_text(encoding="utf-8")
    stage = text[text.index("[[stages]]") : text.index("[[outcomes]]")]
    path.write_text(text + stage.replace("2025-01-01", "2026-01-01"), encoding="utf-8")
    assert len(load_city(str(tiny)).services["laksa"].stages) == 2
    path.write_text(text + stage, encoding="utf-8")
    with pytest.raises(CityError, match=r"stages 2: key 'valid_from': found '2025-01-01', expected a later day"):
        load_city(str(tiny))


def test_a_later_row_of_an_indicator_takes_over_from_its_day(tiny: Path) -> None:
    path = tiny / "indicators.toml"
    text = path.read_text(encoding="utf-8")
    later = text[text.index("[[indicators]]") :].replace("target = 5", "target = 4")
    path.write_text(text + later.replace("2026-01-01", "2026-07-01"), encoding="utf-8")
    card = load_city(str(tiny)).scorecard
    days = (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1))
    assert [[each.target for each in card.on(day)] for day in days] == [[], [5], [4]]
    path.write_text(text + later, encoding="utf-8")
    with pytest.raises(CityError, match=r"indicators 2: key 'valid_from': found '2026-01-01', expected a later day"):
        load_city(str(tiny))


def test_a_pack_may_have_no_summary_of_a_service(tiny: Path) -> None:
    assert load_city(str(tiny)).service_totals["laksa"].device == "rekap-1"
    (tiny / "service_totals.csv").write_text("service,device,source,sample\n", encoding="utf-8")
    assert load_city(str(tiny)).service_totals == {}


def test_a_pack_may_have_no_noise_zones(tiny: Path) -> None:
    (tiny / "noise_zones.csv").write_text("device,zone,valid_from,source,sample\n", encoding="utf-8")
    assert load_city(str(tiny)).noise_zones == {}


def test_a_pack_may_have_no_days_of_its_own(tiny: Path) -> None:
    (tiny / "holidays.csv").write_text("# none yet\ndate,name,working,source\n", encoding="utf-8")
    assert load_city(str(tiny)).calendar.own == {}
    (tiny / "sources.csv").write_text(TINY["sources.csv"].partition("\n")[0] + "\n", encoding="utf-8")
    assert load_city(str(tiny)).sources == ()
    (tiny / "holidays.csv").write_text("", encoding="utf-8")
    with pytest.raises(CityError, match=r"holidays\.csv: found no entry, expected a header"):
        load_city(str(tiny))


def test_a_pack_may_have_no_targets(tiny: Path) -> None:
    (tiny / "targets.csv").write_text(TINY["targets.csv"].splitlines()[0], encoding="utf-8")
    assert load_city(str(tiny)).targets == ()


def test_a_pack_may_have_no_ladders_and_its_own_boundaries(tiny: Path) -> None:
    (tiny / "ladders.csv").unlink()
    corners = [[[119.0, -5.0], [119.1, -5.0], [119.1, -5.1], [119.0, -5.0]]]
    feature = {
        "type": "Feature",
        "properties": {"code": "99.01.01"},
        "geometry": {"type": "Polygon", "coordinates": corners},
    }
    (tiny / "boundaries.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    city = load_city(str(tiny))
    assert city.devices["gauge-1"].ladder is None
    assert city.boundaries is not None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "found no readable JSON"),
        ("[]", "found no features"),
        ('{"features": []}', "found '99.01.01' missing"),
        (
            '{"features": [{"properties": {}, "geometry": {"type": "Polygon"}}]}',
            "feature 1: property 'code': found None",
        ),
        ('{"features": [{"properties": {}, "geometry": {"type": "Point"}}]}', "feature 1: found 'Point'"),
        ('{"features": [{"properties": {}}]}', "feature 1: found no geometry"),
    ],
)
def test_bad_boundaries_are_named(tiny: Path, text: str, told: str) -> None:
    (tiny / "boundaries.geojson").write_text(text)
    with pytest.raises(CityError, match=r"boundaries\.geojson: .*expected") as caught:
        load_city(str(tiny))
    assert told in str(caught.value)


def test_an_unknown_pack_names_those_there_are() -> None:
    with pytest.raises(CityError, match=r"^city pack: found no 'atlantis', expected one of .*tangerang.* or a folder"):
        load_city("atlantis")


@pytest.mark.parametrize("name", [name for name in TINY if name not in {"ladders.csv", "alarms.toml"}])
def test_a_missing_file_is_named(tiny: Path, name: str) -> None:
    (tiny / name).unlink()
    with pytest.raises(CityError, match=name if name != "city.toml" else "city pack"):
        load_city(str(tiny))


@pytest.mark.parametrize("name", [name for name in TINY if name.endswith(".csv")])
def test_an_unknown_or_missing_column_and_a_short_line_are_named(
    slip: Callable[[str, str, str], str], name: str
) -> None:
    header = TINY[name].splitlines()[0]
    assert f"{name}:1: found unknown column 'extra'" in slip(name, header, header + ",extra")
    assert f"{name}:1: found no column" in slip(name, header + ",extra", header.rpartition(",")[0])
    assert f"{name}:3: found 1 cells, expected" in slip(
        name, header.rpartition(",")[0] + "\n", f"{header}\n# a remark\nx\n"
    )


def test_an_error_reads_like_a_sentence(slip: Callable[[str, str, str], str]) -> None:
    line = slip("devices.csv", "water_level rain", "water_level pm2")
    assert "tiny/devices.csv:2: column 'kinds': found 'pm2', expected one of" in line
    assert line.endswith("known, such as pm25, pm10")


@pytest.mark.parametrize(
    ("name", "right", "wrong", "told"),
    [
        ("city.toml", '"99.01"', '"9901"', "city.toml: key 'region': found '9901', expected a region code"),
        ("city.toml", "Asia/Makassar", "Asia/Atlantis", "city.toml: key 'zone': found 'Asia/Atlantis'"),
        ("city.toml", "retention_days = 30", "retention_days = 0", "key 'retention_days': found '0'"),
        ("city.toml", "retention_days = 30", "retention_days = [30]", "key 'retention_days': found [30]"),
        ("city.toml", "retention_days", "retain_days", "found unknown key 'retain_days'"),
        ("city.toml", '"nasional"', '"7"', "key 'price_zone': found '7', expected one of nasional"),
        ("city.toml", '"kg"', '"kg, kg"', "key 'units': found 'kg, kg', expected texts separated by commas"),
        ("commodities.csv", ",kg,", ",kilo,", "column 'unit': found 'kilo', expected one of kg"),
        ("commodities.csv", ",beras,true", ",padi,true", "column 'group': found 'padi', expected one of beras"),
        ("reference_prices.csv", ",nasional,", ",1,", "column 'zone': found '1', expected one of nasional"),
        ("city.toml", 'key = "tiny"', "key = ", "city.toml: found no valid TOML"),
        ("districts.csv", "99.01.01", "99.02.01", "districts.csv:2: column 'code': found '99.02.01', expected a code"),
        ("districts.csv", "9901010", "990101", "column 'bps'"),
        ("districts.csv", "119.05", "11.905", "column 'lon': found '11.905', expected a number from 118.9 to 119.2"),
        ("subdistricts.csv", "99.01.01,Utara", "99.01.02,Utara", "column 'district_code': found '99.01.02'"),
        ("subdistricts.csv", "Utara", "Selatan", "column 'district': found 'Selatan', expected the name of 99.01.01"),
        ("subdistricts.csv", "99.01.01.1001", "99.01.02.1001", "expected the district of 99.01.02.1001: 99.01.02"),
        ("devices.csv", "gauge-1", "Gauge 1", "column 'key': found 'Gauge 1', expected an id"),
        ("devices.csv", ",gauge,", ",pole,", "column 'place': found 'pole'"),
        ("devices.csv", "water_level rain", "rain rain", "column 'kinds': found 'rain rain', expected each of"),
        ("devices.csv", ",true,", ",ya,", "column 'approximate': found 'ya', expected true or false"),
        ("devices.csv", "99.01.01,99.01.01.1001", "99.01.09,", "column 'district': found '99.01.09'"),
        ("devices.csv", "99.01.01,99.01.01.1001", ",99.01.01.1001", "column 'subdistrict': found '99.01.01.1001'"),
        ("devices.csv", f",gauge,water_level rain,{HERE}", ",rain,rain,-5.05,119.05,true,,", "'district': found ''"),
        ("devices.csv", HERE, "-5.5,119.05,true,,", "'lat': found '-5.5', expected a number from -5.38 to -4.72"),
        ("city.toml", "upstream_km = 20", "upstream_km = -1", "city.toml: key 'upstream_km': found '-1', expected"),
        ("city.toml", "upstream_km = 20", "upstream = 20", "city.toml: found unknown key 'upstream'"),
        ("city.toml", "upstream_km = 20\n", "", "city.toml: found no key 'upstream_km'"),
        ("devices.csv", "99.01.01.1001", "99.01.01.1002", "column 'subdistrict': found '99.01.01.1002'"),
        ("devices.csv", ",dlh,", ",pln,", "column 'agency': found 'pln', expected one of dlh"),
        ("ladders.csv", "gauge-1,4", "gauge-2,4", "ladders.csv:2: column 'device': found 'gauge-2', expected one of"),
        ("ladders.csv", ",1,Awas", ",4,Awas", "ladders.csv:3: column 'level': found '4', expected a worse level"),
        ("ladders.csv", ",200,", ",0,", "ladders.csv:3: column 'threshold': found '0', expected more than 0"),
        ("ladders.csv", "duga,cm", "duga,m", "column 'unit': found 'm', expected one of cm"),
        ("ladders.csv", "200,papan duga", "200,mdpl", "column 'datum': found 'mdpl', expected 'papan duga'"),
        ("markets.csv", "-5.05", "5.05", "markets.csv:2: column 'lat': found '5.05'"),
        ("commodities.csv", ",kg,", ",,", "commodities.csv:2: column 'unit': found '', expected one of kg"),
        ("reference_prices.csv", "14000,kg", "14000,liter", "column 'unit': found 'liter', expected one of kg"),
        ("reference_prices.csv", "HET,,14000", "HET,15000,14000", "column 'low': found '15000', expected at most high"),
        ("reference_prices.csv", "2026-06-30", "2026-07-01", "reference_prices.csv:3: column 'valid_from'"),
        ("reference_prices.csv", "2026-06-30", "2025-06-30", "column 'valid_to': found '2025-06-30'"),
        ("reference_prices.csv", "2026-01-01", "1 Jan 2026", "column 'valid_from': found '1 Jan 2026', expected a day"),
        ("price_steps.csv", ",10,", ",4,", "price_steps.csv:3: column 'percent': found '4'"),
        ("price_steps.csv", "7,2", "0,2", "price_steps.csv:3: column 'days': found '0', expected a number from 1"),
        ("price_steps.csv", "days,", "day,", "price_steps.csv:1: found unknown column 'day'"),
        ("price_variation.csv", "0,true", "1,true", "price_variation.csv:2: column 'low': found '1', expected 0 first"),
        ("price_variation.csv", "0,true", "0,false", "price_variation.csv:2: column 'low': found '0', expected 0"),
        ("price_variation.csv", "9,false", "0,false", "price_variation.csv:3: column 'low': found '0', expected more"),
        ("price_variation.csv", "9,false", "9,tidak", "column 'included': found 'tidak', expected true or false"),
        ("price_variation.csv", ",1,bergejolak", ",3,bergejolak", "column 'level': found '3', expected a number from"),
        ("price_variation.csv", "stabil,30", "stabil,36", "column 'days': found '36', expected a number from 2 to 35"),
        ("price_variation.csv", "gejolak,30", "gejolak,25", "price_variation.csv:3: column 'days': found '25'"),
        ("price_variation.csv", "30,20,2015-01-06,Kemendag,contoh\n9", "30,31,2015-01-06,Kemendag,contoh\n9",
         "price_variation.csv:2: column 'least_days': found '31', expected at most days, 30"),
        ("price_variation.csv", "gejolak,30,20", "gejolak,30,19", "column 'least_days': found '19', expected 20, as"),
        ("price_variation.csv", "gejolak,30,20,2015", "gejolak,30,20,2014", "column 'valid_from': found '2014-01-06'"),
        ("price_variation.csv", "gejolak,30,20,2015", "gejolak,30,20,2016", ":3: column 'low': found '9', expected 0"),
        ("price_variation.csv", "regulation", "rule", "price_variation.csv:1: found unknown column 'rule'"),
        ("channels.csv", ",warning,", ",alarm,", "channels.csv:2: column 'kind': found 'alarm', expected one of"),
        ("channels.csv", "https://", "ftp://", "channels.csv:2: column 'url': found 'ftp://www.bmkg.go.id', expect"),
        ("channels.csv", "false\n", "false\nbmkg,B,news,B,,c,true\n", "channels.csv:3: column 'key': found 'bmkg'"),
        ("channels.csv", ",false", ",no", "channels.csv:2: column 'sample': found 'no', expected true or false"),
        ("channels.csv", "bmkg,BMKG", "BMKG 1,BMKG", "channels.csv:2: column 'key': found 'BMKG 1', expected an id"),
        ("sources.csv", ",bmkg,", ",bnpb,", "sources.csv:2: column 'channel': found 'bnpb', expected one of bmkg"),
        ("sources.csv", ",300,", ",5,", "sources.csv:2: column 'every': found '5', expected a number from 60 to 86400"),
        ("sources.csv", "rss-cap", "rss", "sources.csv:2: column 'format': found 'rss', expected one of cap, rss-cap"),
        ("sources.csv", "{subdistrict}", "{district}", "sources.csv:2: column 'url': found 'https://example.org/rss?ad"),
        ("sources.csv", "example.org/rss?adm4=", "", "sources.csv:2: column 'url': found 'https://{subdistrict}'"),
        ("sources.csv", ",true\n", ",true\nn,bmkg,https://example.org/rss?adm4={subdistrict},60,cap,c,true\n",
         "sources.csv: found 'https://example.org/rss?adm4={subdistrict}' twice, expected each address once"),
        ("agencies.csv", "false\n", "false\ndlh,Lagi,L,false\n", "agencies.csv:3: column 'key': found 'dlh'"),
        ("ispu.csv", "pm25,0,0", "pm25,0,1", "ispu.csv:2: column 'index'"),
        ("ispu.csv", "pm25,50,15.5", "pm25,50,0", "ispu.csv:3: column 'concentration'"),
        ("ispu.csv", "pm25,50,15.5", "pm10,0,0", "ispu.csv: found one row of 'pm25'"),
        ("ispu.csv", "07-01,contoh", "07-01,", "ispu.csv:2: column 'source': found '', expected a text"),
        ("noise_zones.csv", "noise-1,", "gauge-1,", "noise_zones.csv:2: column 'device': found 'gauge-1'"),
        ("noise_zones.csv", "perumahan", "perumahn", "noise_zones.csv:2: column 'zone': found 'perumahn'"),
        ("noise_zones.csv", "2026-01-01", "1996", "noise_zones.csv:2: column 'valid_from': found '1996', expected a"),
        ("noise_zones.csv", ",true", ",ya", "noise_zones.csv:2: column 'sample': found 'ya', expected true or false"),
        ("noise_zones.csv", "true\n", "true\nnoise-1,perumahan,2026-01-01,x,true\n", "noise_zones.csv:3: column"),
        ("completeness.csv", "ispu,75", "ispo,75", "completeness.csv:2: column 'rule': found 'ispo', expected one of"),
        ("completeness.csv", "ispu,75", "ispu,0", "completeness.csv:2: column 'percent': found '0', expected a number"),
        ("completeness.csv", "noise,75", "ispu,75", "completeness.csv:3: column 'rule': found 'ispu', expected a key"),
        ("completeness.csv", "noise,75,2026-01-01,contoh,true\n", "", "completeness.csv: column 'rule': found no"),
        ("ispu_categories.csv", "0,Baik", "1,Baik", "ispu_categories.csv:2: column 'low': found '1', expected 0 first"),
        ("rain_classes.csv", "hour,1", "day,1", "rain_classes.csv: column 'span': found no 'hour'"),
        ("alarm_limits.csv", "flood_above,10", "flood_above,viele", "column 'value': found 'viele', expected a number"),
        ("alarm_limits.csv", "alarms an hour", "alarms a day", "column 'unit': found 'alarms a day', expected"),
        ("alarm_limits.csv", "chatter,3", "prattle,3", "column 'key': found 'prattle', expected one of"),
        ("analysis_limits.csv", "range_years,10", "range_years,0", "column 'value': found '0', expected"),
        ("analysis_limits.csv", "10,years", "10,months", "column 'unit': found 'months', expected"),
        ("dataset.toml", "sample = true", 'sample = "ja"', "key 'sample': found 'ja', expected"),
        ("alarms.toml", 'kind = "siaga"', 'kind = "luck"', "alarms.toml: [[rules]] 1: key 'kind': found 'luck'"),
        ("alarms.toml", '"high"', '"urgent"', "alarms.toml: [[rules]] 1: key 'priority': found 'urgent', expected one"),
        ("alarms.toml", "level = 1", "level = 4", "alarms.toml: [[rules]] 1: key 'level': found '4', expected a"),
        ("alarms.toml", '"dlh"', '"pln"', "alarms.toml: [[rules]] 1: key 'agency': found 'pln', expected"),
        ("quake_rules.csv", "siaga", "info", "quake_rules.csv:2: column 'level': found 'info', expected one"),
        ("quake_rules.csv", ",waspada", ",awas", "quake_rules.csv:3: column 'level': found 'awas', expected no"),
        ("quake_rules.csv", ",IV,", ",4,", "quake_rules.csv:2: column 'felt': found '4', expected one of I, II"),
        ("quake_rules.csv", "5,300,", "5,,", "quake_rules.csv:3: found magnitude '5', within_km '', felt ''"),
        ("quake_rules.csv", "5,300,,", "5,300,II,", "quake_rules.csv:3: found magnitude '5', within_km '300', felt"),
        ("quake_rules.csv", ",48,", ",0,", "quake_rules.csv:2: column 'hours': found '0', expected a number from 1"),
        ("services/laksa.toml", 'key = "laksa"', 'key = "aduan"', "laksa.toml: key 'key': found 'aduan', expected"),
        ("services/laksa.toml", "share = 1", "share = 0.5", "laksa.toml: categories: found shares that add up to 0.5"),
        ("services/laksa.toml", '"dlh"', '"pln"', "laksa.toml: categories 1: key 'agency': found 'pln'"),
        ("services/laksa.toml", "open = false", "open = true", "statuses 2: key 'open': found 'true', expected false"),
        ("services/laksa.toml", '"waiting"', '"done"', "statuses 1: key 'open': found 'true', expected false, as"),
        ("services/laksa.toml", '"waiting"', '"working"', "statuses 1: key 'role': found 'working', expected waiting"),
        ("services/laksa.toml", '"waiting"', '"menanti"', "statuses 1: key 'role': found 'menanti', expected one of"),
        ("services/laksa.toml", '"done"', '"dismissed"', "laksa.toml: statuses: found none of role 'done'"),
        ("services/laksa.toml", 'next = "selesai"', 'next = "usai"', "statuses 1: key 'next': found 'usai', expected"),
        ("services/laksa.toml", 'next = "selesai"', 'next = ""', "statuses 1: key 'next': found '', expected at least"),
        ("services/laksa.toml", 'next = "selesai"', 'next = "menunggu"', "found no step to 'selesai', expected it in"),
        ("services/laksa.toml", 'key = "selesai"', 'key = "menunggu"', "statuses 1: key 'next': found 'selesai'"),
        ("services/laksa.toml", "[[statuses]]", "[[status]]", "laksa.toml: found unknown key 'status', expected key"),
        ("services/laksa.toml", "daily = 35", "daily = -1", "laksa.toml: key 'daily': found '-1', expected a number"),
        ("services/laksa.toml", 'source = "contoh"\nsample', "sample", "laksa.toml: found no key 'source'"),
        ("services/laksa.toml", "counts = true", 'counts = "ya"', "categories 1: key 'counts': found 'ya', expected"),
        ("services/laksa.toml", 'type = "aduan"', 'type = "A"', "categories 1: key 'type': found 'A', expected an id"),
        ("services/laksa.toml", 'types = "aduan"', 'types = "adu"', "stages 1: key 'types': found 'adu', expected one"),
        ("services/laksa.toml", '"opened"', '"dibuka"', "stages 1: key 'since': found 'dibuka', expected one of"),
        ("services/laksa.toml", 'until = "selesai"', 'until = "usai"', "stages 1: key 'until': found 'usai', expected"),
        ("services/laksa.toml", 'until = "selesai"', 'until = ""', "stages 1: key 'until': found '', expected a text"),
        ("services/laksa.toml", "length = 5", "length = 0", "stages 1: key 'length': found '0', expected a number"),
        ("services/laksa.toml", "length = 5", "length = 2.5", "stages 1: key 'length': found '2.5', expected a whole"),
        ("services/laksa.toml", "working-days", "hari", "stages 1: key 'unit': found 'hari', expected one of"),
        ("services/laksa.toml", "2025-01-01", '"2025"', "stages 1: key 'valid_from': found '2025', expected a day"),
        ("services/laksa.toml", 'regulation = "contoh"\n', "", "stages 1: found no key 'regulation'"),
        ("service_totals.csv", "laksa,", "lapor,", "service_totals.csv:2: column 'service': found 'lapor', expected"),
        ("service_totals.csv", "rekap-1", "rekap-2", "service_totals.csv:2: column 'device': found 'rekap-2'"),
        ("service_totals.csv", "rekap-1", "gauge-1", "found 'gauge-1', expected a device with the kinds cases_total"),
        ("service_totals.csv", "true", "ya", "service_totals.csv:2: column 'sample': found 'ya', expected true or"),
        ("service_totals.csv", "contoh,", ",", "service_totals.csv:2: column 'source': found '', expected a text"),
        ("service_totals.csv", "true\n", "true\nlaksa,rekap-1,c,true\n", "service_totals.csv:3: column 'service'"),
        ("devices.csv", "cases_total cases_done", "cases_done", "service_totals.csv:2: column 'device': found"),
        ("services/laksa.toml", "[[outcomes]]", "[[outcome]]", "laksa.toml: found unknown key 'outcome'"),
        ("services/laksa.toml", '"bukan-wewenang"', '"Bukan"', "outcomes 1: key 'key': found 'Bukan', expected an id"),
        ("city.toml", '"laksa"', '"laksa polres"', "services/polres.toml: found no readable file"),
        ("city.toml", '"laksa"', '"polres"', "laksa.toml: found a service not named in city.toml, expected polres"),
        ("city.toml", '"laksa"', '"laksa laksa"', "city.toml: key 'services': found 'laksa laksa', expected keys"),
        ("city.toml", 'country = "ID"', 'country = "IDN1"', "city.toml: key 'country': found 'IDN1', expected one of"),
        ("holidays.csv", "2026-11-24", "24 Nov 2026", "holidays.csv:2: column 'date': found '24 Nov 2026', expected"),
        ("holidays.csv", "false", "libur", "holidays.csv:2: column 'working': found 'libur', expected true or false"),
        ("holidays.csv", "contoh\n", "contoh\n2026-11-24,Lagi,true,c\n", "holidays.csv:3: column 'date': found"),
        ("indicators.toml", "cap = 1.5", "cap = 0.9", "indicators.toml: key 'cap': found '0.9', expected a number"),
        ("indicators.toml", "near = 0.9", "near = 90", "indicators.toml: key 'near': found '90', expected a number"),
        ("indicators.toml", "coverage = 0.5", "coverage = -1", "key 'least_coverage': found '-1', expected a number"),
        ("indicators.toml", "cap = 1.5\n", "", "indicators.toml: found no key 'cap'"),
        ("indicators.toml", "formula", "rumus", "indicators.toml: found unknown key 'rumus'"),
        ("scenes.toml", "[[scenes]]", "[[scene]]", "found night, curves, takeover, replay, scene, expected [night]"),
        ("scenes.toml", "rivers = 12", "rivers = 1", "[curves]: key 'rivers': found '1', expected a number"),
        ("scenes.toml", "seconds = 20", "seconds = 0", "scenes.toml: [takeover]: key 'seconds': found '0', expected a"),
        ("scenes.toml", "05:00", "5 pagi", "scenes.toml: [night]: key 'dims_until': found '5 pagi', expected a"),
        ("scenes.toml", "1fr 20rem", "1fr 20em", "[[scenes]] 1: key 'columns': found '1fr 20em', expected"),
        ("scenes.toml", "kiri kanan", "kiri", "key 'areas': found 'atas atas\\nkiri', expected 2 lines of 2 panels"),
        ("scenes.toml", "kiri kanan", "kiri atas", "expected each panel as one rectangle; 'atas' is none"),
        ("scenes.toml", "kiri kanan", "kiri Kanan", "expected names of panels; 'Kanan' is none"),
        ("scenes.toml", "dwell = 30", "dwell = 0", "key 'dwell': found '0', expected a number from 1 to 3600"),
        ("indicators.toml", "[[goals]]", "[[goal]]", "indicators.toml: found unknown key 'goal'"),
        ("indicators.toml", '[[pillars]]\nkey = "living"\nname = "Kehidupan"\nword = "Living"\n', "", "no [[pillars]]"),
        ("indicators.toml", '"liveable"\nname', '"layak"\nname', "key 'goal': found 'liveable', expected one of"),
        ("indicators.toml", '"living"\nname', '"hidup"\nname', "indicators 1: key 'pillar': found 'living', expected"),
        ("indicators.toml", "[[pillars]]", '[[goals]]\nkey = "e-city"\nname = "E"\nword = "E"\n[[pillars]]',
         "indicators.toml: indicators: found none of goal 'e-city', expected at least one"),
        ("indicators.toml", "[[pillars]]", '[[goals]]\nkey = "liveable"\nname = "E"\nword = "E"\n[[pillars]]',
         "indicators.toml: goals 2: key 'key': found 'liveable', expected a key that no earlier entry has"),
        ("indicators.toml", "reading-mean", "reading-means", "key 'measure': found 'reading-means', expected one of"),
        ("indicators.toml", '"reading-mean"', '"cases-done"', "key 'of': found 'rain', expected one of laksa"),
        ("indicators.toml", '"reading-mean"', '"air-share"', "key 'of': found 'rain', expected nothing, as air-share"),
        ("indicators.toml", '"reading-mean"', '"reading-share"', "key 'of': found 'rain', expected 2 of the kinds"),
        ("indicators.toml", 'of = "rain"', 'of = "rain water_level"', "key 'of': found 'rain water_level', expected 1"),
        ("indicators.toml", 'of = "rain"', 'of = "pm25"', "key 'of': found 'pm25', expected one of cases_done"),
        ("indicators.toml", 'of = "rain"', 'of = ""', "key 'of': found '', expected a text"),
        ("indicators.toml", '"reading-mean"\nof = "rain"', '"response-minutes"\nof = "laksa"',
         "key 'of': found 'laksa', expected a service with a stage in minutes"),
        ("indicators.toml", '"less"', '"lebih"', "key 'better': found 'lebih', expected one of more, less, within"),
        ("indicators.toml", '"less"\ntarget = 5', '"more"\ntarget = 0', "key 'target': found '0', expected more"),
        ("indicators.toml", "target = 5", 'target = "lima"', "key 'target': found 'lima', expected a number"),
        ("indicators.toml", "tolerance = 0", "tolerance = 1", "key 'tolerance': found '1', expected 0, as less"),
        ("indicators.toml", '"less"', '"within"', "key 'tolerance': found '0', expected more than 0"),
        ("indicators.toml", 'unit = "mm"', 'unit = "cm"', "key 'unit': found 'cm', expected one of mm"),
        ("indicators.toml", "decimals = 1", "decimals = 4", "key 'decimals': found '4', expected a number from 0 to 3"),
        ("indicators.toml", "weight = 1", "weight = 0", "key 'weight': found '0', expected more than 0"),
        ("indicators.toml", "weight = 1", "weight = 101", "key 'weight': found '101', expected a number from 0 to 100"),
        ("indicators.toml", "hours = 24", "hours = 25", "key 'hours': found '25', expected a number from 1 to 24"),
        ("indicators.toml", "2026-01-01", '"2026"', "indicators.toml: key 'valid_from': found '2026', expected a day"),
        ("indicators.toml", "weight = 1\n", "", "indicators 1: found no key 'weight'"),
        ("indicators.toml", "weight", "bobot", "indicators 1: found unknown key 'bobot'"),
        ("noise_limits.csv", ",55,", ",550,", "noise_limits.csv:2: column 'limit': found '550', expected a number"),
        ("noise_limits.csv", "perumahan,", "Perumahan 1,", "noise_limits.csv:2: column 'zone': found 'Perumahan 1'"),
        ("place_levels.csv", "kelurahan", "desa", "place_levels.csv:2: column 'scope': found 'desa', expected one of"),
        ("place_levels.csv", "overdue", "late", "place_levels.csv:2: column 'measure': found 'late', expected one of"),
        ("place_levels.csv", "merah", "hitam", "place_levels.csv:2: column 'level': found 'hitam', expected one of"),
        ("place_levels.csv", ",3,", ",banyak,", "column 'threshold': found 'banyak', expected a number"),
        ("place_levels.csv", "kelurahan,overdue", "kelurahan,red", "found 'kelurahan', expected kecamatan"),
        ("place_levels.csv", "kecamatan,open,jingga", "kelurahan,overdue,merah",
         "place_levels.csv:3: column 'valid_from': found '2026-01-01', expected a later day"),
        ("targets.csv", "rain,gauge-1", "rian,gauge-1", "targets.csv:2: column 'kind': found 'rian', expected one of"),
        ("targets.csv", "gauge-1", "gauge-2", "column 'devices': found 'gauge-2', expected one of gauge-1"),
        ("targets.csv", "gauge-1", "gauge-1 gauge-1", "targets.csv:2: column 'devices': found 'gauge-1 gauge-1'"),
        ("targets.csv", "day-sum", "daysum", "targets.csv:2: column 'statistic': found 'daysum', expected one of"),
        ("targets.csv", "kisaran", "", "targets.csv:2: column 'word': found '', expected a text"),
        ("targets.csv", "near", "nearly", "targets.csv:2: column 'better': found 'nearly', expected one of"),
        ("targets.csv", ",20,", ",banyak,", "targets.csv:2: column 'target': found 'banyak', expected a number"),
        ("targets.csv", ",5,", ",-5,", "targets.csv:2: column 'warn': found '-5', expected 0 or more"),
        ("targets.csv", ",5,", ",,", "targets.csv:2: column 'warn': found '', expected a number, as better is near"),
        ("targets.csv", "near", "none", "targets.csv:2: column 'warn': found '5', expected nothing, as better is none"),
        ("targets.csv", "near,20,5", "more,20,25", "column 'warn': found '25', expected at most the target, 20"),
        ("targets.csv", "120,150", "120,100", "column 'warn': found '100', expected at least the target, 120"),
        ("targets.csv", ",mm,", ",cm,", "targets.csv:2: column 'unit': found 'cm', expected one of mm"),
        ("targets.csv", ",%,", ",cm,", "targets.csv:3: column 'unit': found 'cm', expected one of %"),
        ("targets.csv", "2026-12-31", "2025-12-31", "targets.csv:3: column 'due': found '2025-12-31', expected a day"),
        ("targets.csv", "2026-12-31,2026-01-01", "2026-12-31,2026", "column 'valid_from': found '2026', expected a"),
        ("targets.csv", "contoh,true", "contoh,ya", "targets.csv:2: column 'sample': found 'ya', expected true or"),
        ("targets.csv", "water_level,,usual,biasanya,less,120,150,%,2026-12-31,",
         "rain,gauge-1,day-sum,kisaran,near,20,5,mm,,", "targets.csv:3: column 'valid_from': found '2026-01-01'"),
        ("services/laksa.toml", "share = 1", 'share = 1\ncolour = "red"', "categories 1: found unknown key 'colour'"),
    ],
)  # fmt: skip
def test_a_slip_is_named(slip: Callable[[str, str, str], str], name: str, right: str, wrong: str, told: str) -> None:
    assert told in slip(name, right, wrong)


def test_a_device_may_have_a_camera_whose_address_is_one_of_the_web(
    tiny: Path,
) -> None:
    path = tiny / "devices.csv"
    header, *lines = TINY["devices.csv"].splitlines()

    def seen(address: str) -> None:
        cells = "\n".join(f"{line},{address}" for line in lines)
        path.write_text(f"{header},camera\n{cells}\n", encoding="utf-8")

    assert {device.camera for device in load_city(str(tiny)).devices.values()} == {None}
    seen("https://cctv.example.go.id:8443/pos/1?live=1")
    assert {device.camera for device in load_city(str(tiny)).devices.values()} == {
        "https://cctv.example.go.id:8443/pos/1?live=1"
    }
    seen("")
    assert {device.camera for device in load_city(str(tiny)).devices.values()} == {None}
    for wrong in ("javascript:alert(1)", "ftp://a/b", "//a/b", "https://nama:sandi@a/b", "https://a/<b>"):
        seen(wrong)
        with pytest.raises(CityError, match=r"devices\.csv:2: column 'camera'"):
            load_city(str(tiny))
