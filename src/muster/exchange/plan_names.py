"""What the files of a kept plan are called; it can be asked without what writes them."""

from typing import Final

PROBLEM_FILE: Final = "problem.json.gz"
PLAN_FILE: Final = "plan.json"
SUMMARY_FILE: Final = "summary.json"
REPORT_FILE: Final = "report.html"
