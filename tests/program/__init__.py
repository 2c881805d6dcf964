"""Tests of the built program; what asserts outside a test file says what differs, too."""

import pytest

pytest.register_assert_rewrite("tests.program.both", "tests.program.papers")
