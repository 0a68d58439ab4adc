"""What a browser sends when the form of a page is sent as it comes."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    """Every form that posts: where to, and its controls as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self.inside = False
        self.select: str | None = None
        self.options: list[tuple[str, bool]] = []
        self.several = False
        self.area: str | None = None

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("method", "").lower() == "post"
            if self.inside:
                self.forms.append((given.get("action", ""), {}))
        elif self.inside and "disabled" not in given:
            self._control(tag, given)

    def _control(self, tag, given):
        name = given.get("name", "")
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in given:
                    self._put(name, given.get("value", "on"))
            elif kind not in ("submit", "button", "image", "file", "reset"):
                self._put(name, given.get("value", ""))
        elif tag == "textarea" and name:
            self.area = name
            self._put(name, "")
        elif tag == "select" and name:
            self.select, self.options, self.several = name, [], "multiple" in given
        elif tag == "option" and self.select:
            self.options.append((given.get("value", ""), "selected" in given))

    def handle_data(self, data):
        if self.area:
            self.forms[-1][1][self.area][-1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.area = None
        elif tag == "select" and self.select:
            chosen = [value for value, is_chosen in self.options if is_chosen]
            first = [value for value, _ in self.options[:1] if not self.several]
            for value in chosen or first:
                self._put(self.select, value)
            self.select = None

    def _put(self, name, value):
        self.forms[-1][1].setdefault(name, []).append(value)


def sent_by(markup: str, address: str) -> dict[str, list[str]]:
    """Of the page at `address`, the controls of the largest form that posts to it."""
    reader = _Forms()
    reader.feed(markup)
    own = [
        controls
        for action, controls in reader.forms
        if action.partition("?")[0] in ("", ".", address)
    ]
    return max(own, key=len, default={})
