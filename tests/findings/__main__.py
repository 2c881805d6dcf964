"""重写 docs/findings.md — ``python -m tests.findings``."""

from tests.findings.page import PAGE, findings_page

PAGE.write_text(findings_page(), encoding="utf-8")
print(PAGE)
