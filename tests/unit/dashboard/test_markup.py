"""Trees as HTML: escaped, with the attributes a page needs, and without links where nobody can follow them."""

from __future__ import annotations

from dashboard.markup import markup
from layouts import html


def written(*children: object, links: bool = True, **props: object) -> str:
    return markup(html.Div(list(children), **props), links=links)


def test_words_and_attributes_are_escaped() -> None:
    assert written("a < b & c", title='"x" <y>') == '<div title="&quot;x&quot; &lt;y&gt;">a &lt; b &amp; c</div>'


def test_names_truth_and_styles_are_as_html_has_them() -> None:
    found = written(className="panel", hidden=True, lang=None, style={"gridArea": "map", "--rows": "1fr"})
    assert found == '<div class="panel" hidden="" style="grid-area:map;--rows:1fr"></div>'


def test_an_image_has_no_end_and_a_zero_is_a_word() -> None:
    assert written(html.Img(src="x"), 0, None) == '<div><img src="x">0</div>'


def test_without_links_their_words_stay() -> None:
    link = html.Span(html.A("Karawaci", href="/wilayah/36.71.07", className="name"))
    assert written(link, links=False) == '<div><span><span class="name">Karawaci</span></span></div>'
    assert "href" in written(link)
