"""A table that breaks its schema is refused in one sentence that says where and why."""

import json

import pandas as pd
import pytest

from spotcheck import tables
from spotcheck.tables import Package, TableError

MUSCLES = (
    "muscle_id,group,depth_mm,is_deep,sequence\ngracilis,inner,12.5,false,1\nsoleus,calf,,true,\n"
)
ROLES = "exercise_id,muscle_id,role\nplank,gracilis,prime_mover\nsquat,soleus,none\n"


def field(name, kind, **constraints):
    return {"name": name, "type": kind, "description": name, "constraints": constraints}


DESCRIPTOR = {
    "name": "small",
    "resources": [
        {
            "name": "muscles",
            "path": "muscles.csv",
            "schema": {
                "fields": [
                    field("muscle_id", "string", required=True, pattern="[a-z_]+"),
                    field("group", "string", required=True, enum=["inner", "calf"]),
                    field("depth_mm", "number", minimum=0, maximum=100),
                    field("is_deep", "boolean", required=True),
                    field("sequence", "integer", unique=True),
                ],
                "primaryKey": ["muscle_id"],
            },
        },
        {
            "name": "roles",
            "path": "roles.csv",
            "schema": {
                "fields": [
                    field("exercise_id", "string"),
                    field("muscle_id", "string"),
                    field("role", "string", required=True),
                ],
                "primaryKey": ["exercise_id", "muscle_id"],
                "foreignKeys": [
                    {
                        "fields": ["muscle_id"],
                        "reference": {"resource": "muscles", "fields": ["muscle_id"]},
                    }
                ],
            },
        },
    ],
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "datapackage.json").write_text(json.dumps(DESCRIPTOR), encoding="utf-8")
    (tmp_path / "muscles.csv").write_text(MUSCLES, encoding="utf-8", newline="")
    (tmp_path / "roles.csv").write_text(ROLES, encoding="utf-8", newline="")
    return tmp_path


def broken(folder, name, content):
    """Sentence that a package with this content of one file is refused with."""
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    with pytest.raises(TableError) as refused:
        Package(folder).check()
    return str(refused.value)


def test_types_follow_the_schema(folder):
    muscles = Package(folder).load("muscles")
    assert muscles.dtypes.astype(str).to_dict() == {
        "muscle_id": "str",
        "group": "str",
        "depth_mm": "float64",
        "is_deep": "bool",
        "sequence": "Int64",
    }
    assert muscles["depth_mm"].isna().tolist() == [False, True]
    assert muscles["is_deep"].tolist() == [False, True]


def test_a_caller_cannot_change_what_the_next_one_gets(folder):
    package = Package(folder)
    first = package.load("muscles")
    first.loc[0, "group"] = "calf"
    assert package.load("muscles").loc[0, "group"] == "inner"


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(folder, line_end):
    text = "\ufeff" + MUSCLES.replace("\n", line_end)
    (folder / "muscles.csv").write_text(text, encoding="utf-8", newline="")
    assert Package(folder).load("muscles")["muscle_id"].tolist() == ["gracilis", "soleus"]


def test_missing_file(folder):
    (folder / "roles.csv").unlink()
    with pytest.raises(TableError, match=r"roles\.csv: the file is missing"):
        Package(folder).check()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "muscles.csv: the file is empty; a header row is needed."),
        ("\n", "muscles.csv: the file is empty; a header row is needed."),
        (
            MUSCLES.replace("depth_mm,", "").replace("12.5,", "").replace("calf,,", "calf,"),
            "muscles.csv, row 1: column 'depth_mm' is missing; "
            "columns are muscle_id, group, depth_mm, is_deep, sequence.",
        ),
        (
            MUSCLES.replace("sequence", "sequence,note")
            .replace(",1\n", ",1,\n")
            .replace("true,\n", "true,,\n"),
            "muscles.csv, row 1: column 'note' is not in the schema; "
            "columns are muscle_id, group, depth_mm, is_deep, sequence.",
        ),
        (
            MUSCLES.replace("sequence", "group"),
            "muscles.csv, row 1: column 'sequence' is missing; "
            "columns are muscle_id, group, depth_mm, is_deep, sequence.",
        ),
        (
            MUSCLES.replace("12.5", "deep"),
            "muscles.csv, row 2, column depth_mm: 'deep' is not a finite number.",
        ),
        (
            MUSCLES.replace("12.5", "nan"),
            "muscles.csv, row 2, column depth_mm: 'nan' is not a finite number.",
        ),
        (
            MUSCLES.replace("false", "no"),
            "muscles.csv, row 2, column is_deep: 'no' is not true or false.",
        ),
        (
            MUSCLES.replace(",1\n", ",1.0\n"),
            "muscles.csv, row 2, column sequence: '1.0' is not a whole number.",
        ),
        (
            MUSCLES.replace("12.5", "120"),
            "muscles.csv, row 2, column depth_mm: 120 is out of range; allowed is 0 to 100.",
        ),
        (
            MUSCLES.replace("calf", "calfs"),
            "muscles.csv, row 3, column group: 'calfs' is not allowed; allowed are inner, calf.",
        ),
        (
            MUSCLES.replace("soleus", "Soleus"),
            "muscles.csv, row 3, column muscle_id: 'Soleus' does not have the form [a-z_]+.",
        ),
        (
            MUSCLES.replace("soleus,calf", ",calf"),
            "muscles.csv, row 3, column muscle_id: the value is missing; one is required.",
        ),
        (
            MUSCLES.replace("soleus", "gracilis"),
            "muscles.csv, row 3, column muscle_id: 'gracilis' stands twice; a key must be unique.",
        ),
        (
            MUSCLES.replace("true,\n", "true,1\n"),
            "muscles.csv, row 3, column sequence: 1 stands twice; it must be unique.",
        ),
        (
            MUSCLES.replace("true,\n", "true\n"),
            "muscles.csv, row 3: 4 values; the header has 5 columns.",
        ),
        (
            MUSCLES.encode().replace(b"calf", b"caf\xe9"),
            "muscles.csv: the file is not UTF-8 (byte 80); save it as CSV UTF-8.",
        ),
        (
            MUSCLES.replace("calf", '"calf'),
            "muscles.csv: the file cannot be read as CSV (unexpected end of data).",
        ),
    ],
)
def test_broken_table_is_refused_in_one_sentence(folder, content, sentence):
    assert broken(folder, "muscles.csv", content) == sentence


def test_dangling_foreign_key(folder):
    assert broken(folder, "roles.csv", ROLES.replace("soleus", "calf")) == (
        "roles.csv, row 3, column muscle_id: 'calf' is not in muscles.csv (column muscle_id)."
    )


def test_empty_part_of_a_key(folder):
    assert broken(folder, "roles.csv", ROLES.replace("squat", "")) == (
        "roles.csv, row 3, column exercise_id, muscle_id: a key must not be empty."
    )


def test_duplicate_of_a_key_of_two_columns(folder):
    assert broken(folder, "roles.csv", ROLES + "plank,gracilis,none\n") == (
        "roles.csv, row 4, column exercise_id, muscle_id: "
        "'plank', 'gracilis' stands twice; a key must be unique."
    )


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"resources": [{}]}'])
def test_broken_descriptor(folder, content):
    (folder / "datapackage.json").write_text(content)
    with pytest.raises(TableError, match=r"datapackage\.json is not a data package"):
        Package(folder)


def test_missing_descriptor(tmp_path):
    with pytest.raises(TableError, match=r"datapackage\.json cannot be read"):
        Package(tmp_path)


def test_unknown_table(folder):
    with pytest.raises(TableError, match="There is no table called 'bones'"):
        Package(folder).load("bones")


def test_our_own_tables_pass():
    tables.package().check()


def test_frictionless_agrees():
    import frictionless

    report = frictionless.validate(str(tables.DATA_DIR / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]


def test_every_field_says_what_it_means():
    for name in tables.package().names:
        for one in tables.package().resource(name)["schema"]["fields"]:
            assert one.get("description", "").strip(), f"{name}.{one['name']}"


def test_every_csv_is_in_the_descriptor():
    named = {tables.package().resource(name)["path"] for name in tables.package().names}
    assert {path.name for path in tables.DATA_DIR.glob("*.csv")} == named


def test_statuses_use_one_vocabulary():
    allowed = {"verified", "second_hand", "from_memory", "assumption", "derived", "computed"}
    for name in tables.package().names:
        frame = tables.load(name)
        for column in frame.columns[frame.columns.str.endswith("status")]:
            if column != "doi_status":
                assert set(frame[column].dropna()) <= allowed, f"{name}.{column}"


def test_no_list_hides_in_a_key_or_a_code():
    for name in tables.package().names:
        frame: pd.DataFrame = tables.load(name)
        for column in frame.columns[frame.columns.str.endswith("_id")]:
            values = frame[column].dropna()
            if values.dtype == "str" and column not in ("other_id", "free_exercise_db_id"):
                assert not values.str.contains("[;,+ ]").any(), f"{name}.{column}"
