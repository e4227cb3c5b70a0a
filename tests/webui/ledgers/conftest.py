"""Pam's list of defects, as the papers have it."""

from tests.webui.papers.conftest import ann_acts, browser, office, pam_acts

__all__ = ["ann_acts", "browser", "office", "pam_acts"]
