"""The offer in plain words, and its card as customers see it, while its form is filled in."""

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from customers.admin.target_choice import form_for
from customers.admin.target_rights import seen_by
from loyalty.account.choosing import CHANNEL
from loyalty.account.drafts import draft_cards
from loyalty.admin.personal_offers.form import PersonalOfferForm
from loyalty.admin.personal_offers.texts import other_languages
from loyalty.models import PersonalOffer
from loyalty.personal.composition import Composition
from loyalty.personal.presenting import Texts
from loyalty.personal.wording import sentence
from promotions.wording.amounts import UNKNOWN


def words(admin: ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """The sentence of the posted form; what isn't filled in rightly yet is left out."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    said = sentence(_posted(admin, request).composition(), seen_by(request.user))
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


def cards(admin: ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """The account's own cards as the posted form describes them, in each language with a title."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return HttpResponse(drawn(request, _posted(admin, request).composition()))


def drawn(request: HttpRequest, composition: Composition) -> str:
    """A page by itself, for a frame: the account's styles stay within it. Five queries at most."""
    codes = [settings.LANGUAGE_CODE]
    codes += [code for code, _name in other_languages() if code in composition.texts]
    wordings = [_texts(composition, code) for code in codes]
    with timezone.override(composition.offer.zone):
        found = draft_cards(composition, wordings, timezone.localtime())
        context = {
            "cards": list(zip(codes, found, strict=True)),
            "offer": found[0].offer,
            "is_announced": CHANNEL in found[0].offer.channels,
        }
        return render_to_string("admin/loyalty/personaloffer/preview.html", context, request)


def _posted(admin: ModelAdmin, request: HttpRequest) -> PersonalOfferForm:
    """Nothing of it is saved."""
    if not (admin.has_add_permission(request) or admin.has_change_permission(request)):
        raise PermissionDenied
    asked = request.GET.get("offer", "")
    known = asked.isdecimal() and len(asked) < 10 and admin.has_change_permission(request)
    offer = PersonalOffer.objects.filter(pk=asked).first() if known else None
    form = form_for(request.user, PersonalOfferForm)(request.POST, instance=offer)
    form.asks = False
    form.full_clean()
    return form


def _texts(composition: Composition, code: str) -> Texts:
    """What is missing yet is called by its name, or an ellipsis."""
    offer, own = composition.offer, composition.texts.get(code)
    with translation.override(code):
        title = (own or offer).title or f"[{_('Title')}]"
    text = (own and own.text) or offer.text
    validity = (own or offer).validity_text
    if not (validity or (offer.start and offer.end)):
        validity = UNKNOWN
    return Texts(title, text, validity)
