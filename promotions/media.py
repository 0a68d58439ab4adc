"""Pictures of the gallery and of products, served by the application in every mode.

Their names are unguessable and never given to another picture, so that whoever holds a name may
see the picture and keep it for good.
"""

import re
from collections.abc import Callable

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotAllowed

PICTURE = re.compile(r"/media/((?:gallery|products)/[0-9a-f]{32}\.webp)")
FOR_GOOD = "public, max-age=31536000, immutable"


class StoredPictures:
    """A middleware rather than a view, so that none of a page's twenty pictures asks for a session.

    It comes before all middlewares that care who asks, in which language, or keep a log of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse | FileResponse:
        picture = PICTURE.fullmatch(request.path_info)
        if not picture:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            file = default_storage.open(picture[1])
        except FileNotFoundError:
            return self.get_response(request)
        headers = {"Cache-Control": FOR_GOOD, "X-Content-Type-Options": "nosniff"}
        return FileResponse(file, content_type="image/webp", headers=headers)
