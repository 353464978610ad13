"""The stylesheet of the pages of figures follows its sources, and stays light."""

import gzip

from themes import styles


def test_the_committed_stylesheet_is_that_of_its_sources() -> None:
    assert styles.PILOT_BUNDLE.read_text() == styles.pilot_bundle(), "run manage.py build_styles"


def test_both_stylesheets_of_a_page_of_figures_are_light() -> None:
    assert len(gzip.compress((styles.bundle() + styles.pilot_bundle()).encode())) <= 15_000
