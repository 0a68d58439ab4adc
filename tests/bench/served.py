"""The whole site as a web server has it, with a bare view beside: `tests.bench.served:application`.

The bare view answers with bytes and passes through the same middleware.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from tests.bench import harness
from tests.bench.dataset import HOST
from tests.bench.replay import replay

harness.set_up()
settings.ALLOWED_HOSTS = [HOST]
settings.ROOT_URLCONF = __name__

from config.urls import urlpatterns as ours  # noqa: E402 only with the settings


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"bytes")


urlpatterns = [*ours, path("bare/", bare), path("replay/<int:number>/", replay)]
application = get_wsgi_application()
