import pytest

from assistant.verdicts.grades import grades_in


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("Må elever i 8. klasse bruge AI?", {8}),
        ("min søn går i 0. klasse", {0}),
        ("en opgave til 3.b", {3}),
        ("eleverne i ottende klasse", {8}),
        ("fra og med 7. klasse", {7, 8, 9, 10}),
        ("fra 9. klasse", {9, 10}),
        ("7. klasse og opefter", {7, 8, 9, 10}),
        ("syvende klasse og op", {7, 8, 9, 10}),
        ("2. klasse og derunder", {0, 1, 2}),
        ("4. til 6. klasse", {4, 5, 6}),
        ("7.-9. klasse", {7, 8, 9}),
        ("my fourth grade class", {4}),
        ("8th graders", {8}),
        ("a 7th grade and up", {7, 8, 9, 10}),
        ("hele klassen", set()),
        ("i uge 8", set()),
        ("senest 14 dage efter mødet", set()),
        ("", set()),
    ],
)
def test_the_grades_that_a_text_is_about(text: str, grades: set[int]) -> None:
    assert grades_in(text) == grades
