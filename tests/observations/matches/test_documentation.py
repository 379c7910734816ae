"""The examples of the documentation run."""

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "screening.md"


def test_the_python_examples_of_the_page_hold() -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), {})


def test_the_threshold_of_the_benchmark_page_is_the_engines() -> None:
    from observance.observations.matches import Parameters

    page = (PAGE.parent.parent / "benchmarks" / "screening" / "README.md").read_text(encoding="utf-8")
    assert f"\nthreshold: {Parameters().threshold:.2f}\n" in page
