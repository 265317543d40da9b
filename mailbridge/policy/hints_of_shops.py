"""Hints of where somebody sells or is reached that name no address: his shop on another market, what is printed on
paper in the parcel, a square to point a telephone at. Data for `hints.py`, in en, pl, it, de, fr and es, in plain
letters.
"""

from mailbridge.policy.hints import Hint, hint, one_of

#: by market how it is named; one of them may be where this mail belongs to
MARKETS: dict[str, str] = {
    "etsy": "etsy etsi etsie etsym etsyshop",
    "ebay": "ebay ebaya ebayu ebayem e_bay e_bayu",
    "kleinanzeigen": "kleinanzeigen klein_anzeigen",
    "allegro": "allegro alegro allegrze alledrogo",
    "amazon": "amazon amazona amazonie amazonu",
    "vinted": "vinted* vintedzie",
    "olx": "olx olxie olxa olxu o_el_iks* oeliks*",
    "depop": "depop",
    "shpock": "shpock",
    "gumtree": "gumtree gum_tree",
    "marketplace": "facebook_marketplace fb_marketplace marketplace_di_facebook marketplace_na_facebooku",
    "subito": "subito_it",
    "leboncoin": "leboncoin le_bon_coin bon_coin",
    "wallapop": "wallapop* guolapop* gualapop*",
    "willhaben": "willhaben",
    "hood": "hood_de",
    "sprzedajemy": "sprzedajemy_pl",
    "folksy": "folksy",
    "dawanda": "dawanda",
    "bonanza": "bonanza",
    "reverb": "reverb_com",
    "catawiki": "catawiki",
    "bakeca": "bakeca",
    "kijiji": "kijiji",
}
_SEARCH = """
search search_for search_me look_for look_up look_us_up look_me_up find_us find_me type type_in visit go_to called
under
user username seller shop_name shop_is store_is my_shop our_shop my_store our_store named
szukaj szukac poszukac poszukaj wpisac wpisz wpisze znajdzie* znajdziesz sklep sklepik sklepu profil konto nick
uzytkownik
sprzedawca nazywa
cerca cerchi cercare cercami trovi trova negozio bottega si_chiama nome_utente utente venditore vetrina
such suche suchen sucht finden findest shop laden heist heisst nutzer verkaufer name
cherche cherchez boutique s_appelle vendeur pseudo busca busque tienda se_llama vendedor usuario
"""
_RATHER = """
cheaper less free postage_is_free free_postage no_fees no_commission buy_it_there buy_there order_there only_in
better_price
same_thing same_one i_also we_also also other_colours more_photos
taniej tansz* o_polowe bez_prowizji tam_kupi kupi_tam prowizj* to_samo ten_sam takie_samo
meno in_meno costa_meno gratis senza_commissioni compri_la stesso stessa
gunstiger billiger weniger ohne_gebuhr* dort_kaufen das_gleiche dasselbe die_gleiche gleichen selbe
moins_cher gratuit sans_commission meme mas_barato gratis sin_comision mismo misma
"""
_NO_RIVAL = """
compar* price_match counterfeit* fake stolen copied their_photos skopiowa* podrob* contraffa* copiat* gefalscht*
geklaut* kopiert* not_sell
do_not_sell nie_sprzedaj* nie_mamy non_vendiamo verkaufen_nicht only_here gift_card voucher
"""
#: another market by description
_OTHER = """
other different another second inny innym drugi drugim tamtym tamten osobny altro altra secondo quell_altro
anderen anderes anderem zweiten zweites autre deuxieme otro otra segundo
"""
_PLACE_BEHIND = (
    "(?:_[a-z]{2,12}){0,2}_(?:auction|marketplace|site|app|website|portal|portalu|serwis|serwisie|profil|aukcj[a-z]{1,4}|"
    "sito|annunci|portale|mercatino_online|seite|plattform|kleinanzeigenportal|anzeigenseite|auktionshaus|annonces|web)"
)
_CALLED = """
user username seller nick name handle profile find_us find_me look_for search_for login uzytkownik nazwa ksywa szukaj
znajdzie*
znajdziesz utente nome venditore cerca cerchi mi_trova mi_trovi nutzer nutzername verkaufer name_dort such suchen
findest finden
pseudo vendeur cherche cherchez usuario vendedor busca busque
"""
_WEB_ADDRESS = """
web_address website_address web_site website url internet_address the_site our_site the_link
adres_strony adres_www strona_internetowa strone strony link adres_sklepu
indirizzo_web indirizzo_internet indirizzo_del_sito sito il_link
webadresse internetadresse webseite homepage internetseite den_link
adresse_web adresse_du_site site_internet direccion_web pagina_web
"""
PAPER = (
    "invoice|receipt|slip|packing_slip|delivery_note|tag|swing_tag|label|card|flyer|leaflet|sticker|bag|box|carton|lid|parcel|van|"
    "paragonie|paragonu|fakturze|rachunku|ulotce|metce|karteczce|wizytowce|torbie|torebce|pudelku|kartonie|naklejce|etykiecie|"
    "fattura|scontrino|ricevuta|bolla|biglietto|bigliettino|volantino|etichetta|cartellino|scatola|busta|borsa|sacchetto|"
    "rechnung|quittung|bon|lieferschein|kassenbon|karte|kartchen|visitenkarte|flyer|zettel|etikett|karton|schachtel|tute|tasche|"
    "facture|ticket|carte|etiquette|carton|sac|factura|tarjeta|etiqueta|caja|bolsa"
)
_ON_PAPER = f"(?:_[a-z]{{1,12}}){{0,4}}_(?:{PAPER})"
_ON_WHICH = "on at from of na z w ze sul sulla sullo sull nella nel della dello dal auf am aus im vom sur dans de en"
_BUY_AGAIN = """
next_time next_order next_set reorder re_order order_again direct* percent off cheaper discount quote code save
instead better_price
nastepnym_razem nastepne kolejne zamawia* bezposrednio taniej rabat* kod procent*
prossimo prossima prossimi riordin* direttamente sconto codice meno
nachsten_mal nachste nachbestell* direkt rabatt code prozent gunstiger billiger
prochain* prochaine directement remise code moins_cher proxim* directamente descuento codigo
"""
_NOT_A_SHOP = """
manual* instruct* guide driver* firmware warranty register* instrukc* gwaranc* sterownik* istruzion* garanzia manuale
anleitung*
garantie* treiber* tracking sledz* sendung* spedizion* return* zwrot* notice download* pobier* scarica* herunter*
"""
_SQUARE = """
little_square black_square black_and_white_square pixel_square pixelated_square mosaic_square chequered_square
checkered_square
square_with_dots square_code dotty_square square_of_dots kwadracik* kwadrat_z_kropek czarno_bial*_kwadrat*
kod_w_kwadracie
quadratino quadratini quadrato_nero quadrato_bianco quadrato_di_puntini quadrato_a_puntini
quadrat kastchen viereck pixelquadrat schwarz_weise_quadrat schwarz_weisse* pixelkastchen
petit_carre carre_noir carre_pixel* cuadradito cuadrado_negro qr qr_code codice_qr kod_qr
"""
_AIM = """
point_your aim_your point_the hold_your scan your_camera camera_at phone_at zoom_in
skieruj skieruje nakieruj przyloz zeskanuj* aparat_w telefon_na powieksz*
ci_punti punti punta puntare inquadri inquadra inquadrare ingrandisca ingrandisci telefonino scansion*
halten_sie halt_dein richten_sie dein_handy_drauf handy_dran handy_drauf abscannen einscannen scannen_sie scann
reinzoomen
visez pointez scannez apunte apunta enfoque escanee
"""
_IN_PICTURE = """
photo picture pic image corner zdjeci* fotk* fotce foto_numero foto_n nella_foto la_foto foto_5 foto bild bilde
photo_numero imagen
on_the_box on_the_card cheaper less taniej in_meno gunstiger billiger moins_cher mas_barato
"""
#: messengers as they are heard
_APPS = """
whatsapp* whats_app* whats_up whatsup* wotsap* wozap* wacap* lacap* locap* lokap* wazzap* uozzap* uotsap* vatsap*
signal*
telegram* viber* threema messenger* sms esemes*
"""
_NUMBER_ON = "number numer numerem numerze nr numero nummer numeros numerus telefon telefono"
_TALK = """
call_us call_me ring_us ring_me text_us text_me phone_us phone_me us_on me_on zadzwon* dzwon* sms chiam* squill* ruf*
anruf* rufen
appel* llam*
"""
_NOT_MINE = """
courier* driver* kurier* corriere fahrer* livreur* mensajero repartidor* hotline helpline support tracking
manufacturer* producent*
hersteller* produttore garanc* gwaranc* warranty* garanti* order_number numer_zamowienia bestellnummer numero_d_ordine
allegro amazon
"""

RIVALS: tuple[Hint, ...] = tuple(
    hint(f"another market, {market}", names, _SEARCH, _RATHER, unless=_NO_RIVAL)._replace(before=80, behind=110)
    for market, names in MARKETS.items()
)
SHOPS: tuple[Hint, ...] = (
    hint("another market", _OTHER, _CALLED, then=_PLACE_BEHIND)._replace(before=50, behind=60),
    hint(
        "what is printed on paper",
        _WEB_ADDRESS,
        _ON_WHICH,
        _BUY_AGAIN,
        then=f"(?:_[a-z]{{1,12}}){{0,4}}_{one_of(_ON_WHICH)}{_ON_PAPER}",
        unless=_NOT_A_SHOP,
    )._replace(before=110, behind=110, in_sentence=False),
    hint("a code to point at", _SQUARE, _AIM, _IN_PICTURE, unless=_NOT_A_SHOP)._replace(before=80, behind=110),
)
NUMBERS_ON_PAPER: tuple[Hint, ...] = (
    hint(
        "by the number on paper",
        _NUMBER_ON,
        _APPS + _TALK,
        then=f"(?:_[a-z]{{1,9}}){{0,3}}_{one_of(_ON_WHICH)}{_ON_PAPER}",
        unless=_NOT_MINE,
    )._replace(before=60, behind=50),
)
