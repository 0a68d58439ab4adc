"""What the picture picker asks for in the background: pages of the gallery, and an upload."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from offers.admin.forms import UploadForm
from offers.models import Image

PAGE = 24


@require_GET
def browse(request: HttpRequest) -> JsonResponse:
    """A page of pictures, the newest first, whose title contains `q`. One query."""
    if not request.user.has_perm("offers.view_image"):
        raise PermissionDenied
    asked = request.GET.get("page", "")
    page = int(asked[:6]) if asked.isascii() and asked.isdigit() else 1
    start = max(page - 1, 0) * PAGE
    words = request.GET.get("q", "").strip()
    found = list(Image.objects.filter(title__icontains=words)[start : start + PAGE + 1])
    return JsonResponse(
        {
            "pictures": [described(image) for image in found[:PAGE]],
            "next": page + 1 if len(found) > PAGE else None,
        }
    )


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Add one picture to the gallery; the error, if it can't be, comes as words to show."""
    if not request.user.has_perm("offers.add_image"):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        said = " ".join(str(error) for error in form.errors["pictures"])
        return JsonResponse({"error": said}, status=400)
    return JsonResponse({"picture": described(form.save()[0])}, status=201)


def described(image: Image) -> dict[str, Any]:
    return {"id": image.pk, "title": image.title, "thumbnail": image.thumbnail.url}
