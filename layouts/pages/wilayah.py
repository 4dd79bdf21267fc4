"""All kecamatan compared: which stand out, and by which measure."""

from layouts.page import page_of

PAGE = page_of("wilayah", "/wilayah", lambda _, __: "Wilayah", "places", place=30, menu="Wilayah", wide=("places",))
