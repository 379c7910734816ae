"""Rules that make findings: each looks at an event and its verdicts, none knows a statement or a country."""
