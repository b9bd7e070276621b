"""The pages themselves: templates, and the one style and script they share."""

import functools
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

KINDS = {"page.css": "text/css", "page.js": "text/javascript"}


@functools.cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("bot.web", "pages"), autoescape=True, undefined=StrictUndefined)


def page(name: str, status: int = 200, **words: object) -> Response:
    """A page with its words filled in, every one of them as text."""
    return HTMLResponse(_templates().get_template(name).render(words), status)


def told(title: str, *sentences: str, status: int = 200, **words: object) -> Response:
    """A page that only says something."""
    given = {"what": "", "names": (), "arrived": "", **words}
    return page("told.html", status, title=title, sentences=sentences, **given)


def asset(name: str) -> Response:
    """The style or the script."""
    text = (resources.files("bot.web.pages") / name).read_text(encoding="utf-8")
    return Response(text, media_type=KINDS[name], headers={"cache-control": "public, max-age=300"})
