"""Make `docs/images/report.png` from the report of the demo, with a headless Chromium.

    uv run observance demo                             # prints the path of the report
    python docs/make_picture.py PATH/TO/report.html

The contents, the method note and the findings before the first alleged one are left out of the picture, so that the
summary and a finding with its denial fit into it.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

OUT = Path(__file__).resolve().parent / "images" / "report.png"
HIDDEN = (
    "<style>nav, #method, #findings > section:not(:has(> .chips .layer-alleged)) { display: none }"
    " h2 { margin-top: 28px }</style></head>"
)


def main() -> None:
    """Photograph the page named on the command line."""
    page = Path(sys.argv[1]).read_text(encoding="utf-8").replace("</head>", HIDDEN, 1)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "report.html"
        copy.write_text(page, encoding="utf-8")
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--hide-scrollbars",
            "--window-size=1000,2050",
            f"--screenshot={OUT}",
            copy.as_uri(),
        ]
        OUT.parent.mkdir(exist_ok=True)
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    sys.stdout.write(f"{OUT}\n")


if __name__ == "__main__":
    main()
