"""Faults as a user reads them: where, what was given, what is allowed, the remedy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.errors import BartizanError, DocumentError, Fault, RunError, nearest

FAULT = Fault(
    path="raid.cruise.count",
    problem="must not be negative",
    given="-3",
    allowed="a whole number from 0",
    remedy="write count: 3",
)


def test_a_placed_fault_says_everything_in_order():
    assert str(FAULT.at("my-raid.yaml", 14)) == (
        "my-raid.yaml:14: raid.cruise.count: must not be negative\n"
        "    given:   -3\n"
        "    allowed: a whole number from 0\n"
        "    remedy:  write count: 3"
    )


def test_a_fault_leaves_out_what_it_does_not_know():
    assert str(Fault("raid", "is missing")) == "raid: is missing"
    assert str(Fault("", "is empty").at("a.yaml", 0)) == "a.yaml: is empty"
    assert str(Fault("", "is not YAML", remedy="close the bracket").at("a.yaml", 2)) == (
        "a.yaml:2: is not YAML\n    remedy:  close the bracket"
    )


def test_placing_a_fault_leaves_the_first_one_unplaced():
    FAULT.at("a.yaml", 1)
    assert FAULT.file == ""


def test_a_document_error_says_all_faults_at_once():
    faults = [FAULT.at("a.yaml", 1), FAULT.at("a.yaml", 9)]
    error = DocumentError(iter(faults))
    assert list(error.faults) == faults
    assert str(error) == f"{faults[0]}\n{faults[1]}"


@pytest.mark.parametrize("kind", [DocumentError([FAULT]), RunError("no room on the disk")])
def test_every_error_is_one_tree(kind):
    with pytest.raises(BartizanError):
        raise kind


def test_the_remedy_for_a_misspelt_name_is_the_nearest_known_one():
    known = ["s-400", "cruise-missile", "fighter"]
    assert nearest("cruise-misile", known) == "did you mean 'cruise-missile'?"
    assert nearest("S400", ["s-400"]) == "did you mean 's-400'?"
    assert nearest("zzz", known) == ""
    assert nearest("fighter", iter(())) == ""


@given(st.text(max_size=20), st.lists(st.text(max_size=20)))
def test_any_name_gets_an_answer(given_name, known):
    answer = nearest(given_name, known)
    assert answer == "" or any(f"'{name}'" in answer for name in known)
