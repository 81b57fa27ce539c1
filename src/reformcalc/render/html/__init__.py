"""A document as one HTML page that asks nothing of the network: tables, charts, style."""

from reformcalc.render.html.page import render_page
from reformcalc.render.html.pictures import render_svg

__all__ = ["render_page", "render_svg"]
