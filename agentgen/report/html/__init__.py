"""A comparison as one HTML file that needs no network and no scripts."""

from agentgen.report.html.page import comparison_html

__all__ = ["comparison_html"]
