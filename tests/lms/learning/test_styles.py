"""The stylesheet of pages that teach: that of its sources, light, and it fetches nothing."""

import gzip

from themes import styles

KILOBYTE = 1024


def test_it_is_that_of_its_sources() -> None:
    assert styles.LEARNING_BUNDLE.read_text() == styles.learning_bundle(), "run manage.py build_styles"


def test_it_is_light_and_fetches_nothing() -> None:
    css = styles.learning_bundle()
    assert len(gzip.compress(css.encode())) <= 6 * KILOBYTE
    assert "url(" not in css and "@import" not in css


def test_the_file_to_take_away_carries_its_own() -> None:
    from lms.learning.taking_away import styles as carried

    css = carried()
    assert "--brand" in css and ".how-to" in css and "url(" not in css and "</" not in css
    assert len(css) < 30 * KILOBYTE
