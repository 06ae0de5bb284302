"""A Range header gives exactly the bytes that it names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.media.ranges import RangeNotSatisfiable, Span, parse_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None), ("items=0-1", None), ("bytes=0-0", Span(0, 1)), ("bytes=5-", Span(5, 100)), ("bytes=-10", Span(90, 100)),
        ("bytes=-500", Span(0, 100)),
        ("bytes=50-500", Span(50, 100)), ("bytes=7-3", None), ("bytes=0-1,5-6", None), ("bytes=-", None), ("bytes=a-b", None),
    ],
)  # fmt: skip
def test_ranges(header, expected):
    assert parse_range(header, 100) == expected


@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0)])
def test_ranges_beyond_the_end(header, size):
    with pytest.raises(RangeNotSatisfiable):
        parse_range(header, size)


@given(first=st.integers(0, 120), last=st.integers(0, 120) | st.none(), size=st.integers(0, 100))
def test_a_range_is_the_same_as_picking_bytes_one_by_one(first, last, size):
    wanted = [at for at in range(size) if at >= first and (last is None or at <= last)]
    header = f"bytes={first}-{'' if last is None else last}"
    if last is not None and last < first:
        assert parse_range(header, size) is None
    elif not wanted:
        with pytest.raises(RangeNotSatisfiable):
            parse_range(header, size)
    else:
        assert parse_range(header, size) == Span(wanted[0], wanted[-1] + 1)


@given(st.text(max_size=30) | st.text("0123456789-,= ٣", max_size=40).map("bytes={}".format), st.integers(0, 100))
def test_no_header_does_harm(header, size):
    try:
        span = parse_range(header, size)
    except RangeNotSatisfiable:
        return
    assert span is None or 0 <= span.start < span.end <= size


@pytest.mark.parametrize("header", ["bytes=" + "9" * 5000 + "-", "bytes=٣-٥", "bytes=0-" + "9" * 5000])
def test_numbers_that_are_no_places_are_left_out(header):
    assert parse_range(header, 100) is None


def test_a_place_beyond_any_file():
    assert parse_range("bytes=5-99999999999999999999", 100) == Span(5, 100)
