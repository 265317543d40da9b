"""Hints of places in the net: a shop to be searched for, a host whose signs and ending are words. Data for `hints.py`,
in en, pl, it, de, fr and es, in plain letters.
"""

from mailbridge.policy.hints import Hints, hint, one_of
from mailbridge.policy.hints_of_descriptions import DOTS, ENDINGS
from mailbridge.policy.hints_of_shops import RIVALS, SHOPS

#: no shop of one's own: what Google has else, and the search of the market itself
_NOT_OWN = """
map maps translate lens pay play drive chrome docs analytics home pixel nest mail earth shopping opini* review*
bewertung* recension* avis rese* portalu serwisu des_marktplatzes der_plattform del_sito du_site
de_la_web of_the_site on_the_site on_here auf_der_seite sul_sito sur_le_site
"""
_ENGINES = """
google googlu google_u googlach googel googla gugl* gogole gogle goggle wujk*_google wujaszk*_google
search_engine* wyszukiwark* wyszukiwarc* suchmaschin* motor*_di_ricerca moteur*_de_recherche motor*_de_busqueda
buscador* bing ecosia duckduckgo zio_google san_google tante_google oncle_google
"""
_TO_ENGINE = """
type typing pop put enter stick bung search look_up look_for wpisz* wpisac wpiszcie wklep* wrzuc* szukaj* poszukaj*
wyszukaj* digit* scriv* cerc* mett* inser* tipp* gib geben_sie geben gebt such* eingeb* tap* cherch* mett*
recherch* ecriv* pon ponga poned ponlo busc* busqu* escrib* teclee teclea tecle* mete meta un_tour faites
"""
_OUT_COMES = """
wyskoczy trafienie first_hit first_result first_link first_one first_thing top_hit top_result we_re_first we_come_up
comes_up_first
it_s_the_first our_own_site our_own_shop our_site our_shop our_website my_shop my_site less_there cheaper
pierwsz*_wynik* pierwsz*_link* pierwsz*_pozycj* pierwsz*_od_gory wyskocz* jestesmy_pierwsi nasz_sklep naszego_sklepu
nasza_strona naszej_strony taniej sklep primo_risultat* prim*_risultat* prim*_link in_cima siamo_i_primi
primo_che_esce nostro_sito nostro_negozio mio_sito il_primo esce_il oberst*_treffer erst*_treffer
erst*_ergebnis ganz_oben direkt_bei_uns unser_shop unser_laden unsere_seite unseren_shop mein_shop gunstiger billiger
statt premier*_resultat* premier_lien premier_site en_premier notre_site notre_boutique mon_site moins_cher
port_offert primer*_resultado primer*_enlace primero_que_sale lo_primero el_primero salimos_los_primeros
nuestra_web nuestra_tienda mi_tienda mi_web mas_barat* sale_a
you_ll_find_us you_will_find_us you_ll_land_on you_ll_see_us znajdzie_nas znajdzie_pan_nas znajdzie_pani_nas
trafi_pan*
trafisz_na znajdziesz_nas ci_trova ci_trovera ci_troverai mi_trova_li landen_sie finden_sie_uns findest_du_uns
findet_man_uns vous_tomberez tu_tomberas vous_nous_trouverez tu_nous_trouveras nos_encuentra nos_encontrara nos_vera
"""
_FIRST_HIT = """
first_hit first_search_result top_search_result top_hit pierwszy_wynik pierwsze_trafienie pierwszym_wynikiem
primo_risultato
primo_risultat* oberster_treffer oberste_treffer erster_treffer erste_treffer erste_suchergebnis premier_resultat
primer_resultado
"""
_OURS = """
our_brand our_name our_company our_firm our_shop_name my_brand my_shop_name the_name_on nasza_marke nasza_nazwe
nasza_firme
nazwe_firmy nazwe_sklepu nazwe_z nostro_marchio nostro_nome nome_della_ditta nome_sulla unsere_marke unseren_namen
firmennamen unseren_laden notre_marque notre_nom nom_de_la_boutique nuestra_marca nuestro_nombre
"""
#: asks to type the name that follows
_TYPE_NAME = """
type type_in typing put pop enter stick search_for look_for look_up wpisz wpisac wpisz_sobie wklep wrzuc szukaj
poszukaj wyszukaj
digita digiti digitate scriva scrivi cerchi cerca cercate metta inserisca gib geben_sie gebt such suchen_sie sucht tipp
tippen_sie tapez tape cherchez cherche recherchez ecrivez mettez busque busca buscad ponga pon escriba escribe
teclee teclea
"""
_GOOGLE_NAME = """
just_google you_google to_google can_google simply_google if_you_google try_googling go_ahead_and_google wygoogluj
wygoogluj_sobie
wygugluj pogoogluj googla googlate googel_mal googel googeln_sie googeln_sie_mal googelt googlez googlise googlea
googlee
"""
_WORD_OF_SEARCH = """
googeln googelt googelst googlen googlesuche zgoogluj* wygoogl* pogoogl* guglnij* wygugl* googlez googlea* googlee
gogglez googlare googlate googla_ googli
"""
_NET = r"(?:com|net|org|info|eu|pl|it|de|fr|es|uk|co|shop|store|sklep|online|ee|ly|io|at|ch|biz)"
_LETTERS = r"(?:pe_el|peel|i_ti|iti|de_e|deh_eh|de_eh|effe_erre|effe_er|ef_er|e_ese|e_u|ce_o_em|ce_o_emme|kom|komm)"
_POINTS = (
    "kropka",
    "kropke",
    "kropeczka",
    "punto",
    "puntino",
    "puntito",
    "punkt",
    "pkt",
    "pnkt",
    "point",
    "dot",
    "ptk",
)
_SPOKEN = " ".join(f"{point}_{_LETTERS}" for point in _POINTS)
_SMALL = " ".join(f"{point}_{_NET}" for point in ("pkt", "puntino", "puntito", "kropeczka", "pnkt", "ptk"))
# Without "_" in it: what stands between two of them is taken for a beginning.
_SLASH = r"(?:barra|slash|ukosnik|lamane|schragstrich|barre\soblique|sbarretta|sbarra|raya\sinclinada)"
_WITH_PATH = " ".join(f"{ending}_{_SLASH}_[a-z]{{3}}*" for ending in ("com", "net", "org", "shop", "ee", "eu"))
_WWW = """
wu_wu_wu vu_vu_vu weh_weh_weh w_w_w ve_ve_ve double_u_double_u double_ve_double_ve doppia_vu_doppia_vu
doppia_v_doppia_v doppiavu_doppiavu uve_doble_uve_doble
"""
_THREE_W = """
three_times_w trzy_razy_w trzy_razy_wu trois_fois_w trois_double_v* trois_fois_double_v* tres_uve*_doble*
tres_veces_w tres_veces_uve* tre_doppi*_v* tre_volte_vu tre_volte_w dreimal_w dreimal_weh drei_mal_w
"""
_ENDING = """
dot_com dotcom dot_co_uk dot_shop kropka puntino puntito punto_com punto_it punto_es punkt_de punkt_com kurzel
kurzel_am_ende domain_ending endung_de point_com point_fr petit_point dos_letras dwie_literki domeny
"""
_OUR_NAME = """
our_shop_name our_store_name our_seller_name my_shop_name my_seller_name shop_name store_name
ta_sama_nazwa nazwa_sklepu nazwa_konta nazwa_naszego nazwe_naszego nazwa_jak nostro_nome nome_del_negozio
stesso_nome nome_del_nostro il_sito_e_come unser_shopname unsere_ladenbezeichnung
shopname* ladenname* nom_de_la_boutique nom_de_notre
nombre_de_la_tienda nombre_de_vendedor nombre_de_nuestra
"""

#: a dot, and what comes behind it, as one says it to somebody who types
_DOT_AND = {
    "dot stop full_stop": ("and|and_then|then", "com|net|org|eu|shop|co"),
    "kropka kropke kropeczka kropeczke": ("i|i_potem|potem|oraz|a_po_niej", "pl|com|eu|net|shop|sklep"),
    "punto puntino": ("e|e_poi|poi", "it|com|eu|net|shop"),
    "punkt": ("und|und_dann|dann|danach", "de|com|eu|net|shop|at"),
    "point rond": ("et|et_puis|puis", "fr|com|eu|net|org"),
    "puntito punto": ("y|y_luego|luego", "com|eu|net|org"),
}
_WITH_DOT = {
    "com net org shop": "with_a_dot|after_a_dot|con_il_puntino|con_il_punto|con_un_punto|mit_punkt|mit_dem_punkt",
    "de das_de": "mit_punkt|mit_dem_punkt|mit_einem_punkt",
    "pl": "z_kropka|po_kropce",
    "it": "con_il_puntino|con_il_punto",
    "fr": "avec_un_point|avec_le_point",
}
_SHORTENERS = """
address_shortener link_shortener url_shortener tiny_address short_link_site skracacz* skracarka kurzlink* kurz_link*
linkverkurz* linkkurzer* accorcia_link accorcialink accorciatore accorciat* raccourcisseur* acortador* acorta_enlaces
"""
_SLASHES = """
slash forward_slash ukosnik ukosna_kreska kreska_ukosna lamane schragstrich barra sbarra sbarretta barra_obliqua
barre_oblique raya_inclinada barra_inclinada
"""
#: hosts of a few letters, which are said one by one
_SHORT_HOSTS = r"(?:_[a-z]{1,12}){0,3}_ly"
_MAPS = "maps google_maps mapy mapach google_mapach mappe google_karten google_map en_el_mapa los_mapas sur_les_cartes"
_IN_MAPS = """
type put enter search look_up wpisz* wpisac szukaj* digit* scriv* cerc* tipp* gib such* eingeb* tap* cherch* pones
pon ponga busc* busqu* escrib*
"""
_WITHOUT_FEES = """
our_own_site our_website our_site my_site cheaper no_fees no_commission nasz* strona taniej bez_prowizji
nostro_sito mio_sito senza_commission* non_si_paga_commissione unsere_seite unser_shop gunstiger ohne_gebuhr*
notre_site mon_site moins_cher sans_commission nuestra_web mi_web mas_barat* sin_comision* te_ahorras se_ahorra
veras_el_telefono ver_el_telefono
"""
#: another market, not named
_OTHER_SITE = """
other_site other_app other_platform other_marketplace that_platform_with that_site_with inny_portal innym_portalu
drugim_portalu drugi_portal tamtym_portalu konkurencyjnym altro_sito altro_portale altra_app quell_altra_app quel_sito
anderen_portal anderes_portal anderen_plattform andere_plattform druben_bei
autre_site autre_plateforme autre_appli chez_la_concurrence otra_web otra_pagina otra_app otra_plataforma
kleinen_anzeigen lbc
"""
_LOOK_THERE = """
search_for look_for look_me_up same_ad our_store_name same_name same_seller szukac szukaj poszukac wpisac wpisz
to_samo_ogloszenie ta_sama_nazwa cerchi cercare cercala titolo stesso_annuncio li_ti_faccio li_scendo li_viene
inizia_per
such_nach such_da such_dort suchen_sie gleiche_anzeige selbe_anzeige cherche cherchez tapez tu_mets meme_nom
meme_annonce
reconnaitras busca busque pon_ponga mismo_nombre mismo_anuncio
"""
_FOR_LESS = """
cheaper less_there costs_less for_less taniej mniej_tam in_meno ti_faccio scendo sconto economie moins_cher
reconnaitras
gunstiger billiger da_steht dann_weisst mas_barato por_menos la_dejo their_cut put_behind_it da_machen laisse_a
"""
_NO_SHOP = "manual* instruction* instrukc* istruzion* anleitung* mode_d_emploi notice tracking przesyl* sendung*"

PLACES = Hints(
    hint(
        "a search engine", _ENGINES, _TO_ENGINE, _OUT_COMES, then=f"(?!_{one_of(_NOT_OWN)})", unless=_NO_SHOP
    )._replace(before=90, behind=130, in_sentence=False),
    hint("a search engine", _FIRST_HIT, _TO_ENGINE, unless=_NO_SHOP)._replace(before=70, behind=50),
    hint("a search engine", _ENGINES, _OURS, _OUT_COMES, unless=_NO_SHOP)._replace(
        before=60, behind=110, in_sentence=False
    ),
    hint("a search engine", _WORD_OF_SEARCH, _OUT_COMES, unless=_NO_SHOP)._replace(
        before=90, behind=120, in_sentence=False
    ),
    hint("a search engine", _TYPE_NAME, _ENGINES, unless=_NO_SHOP + _NOT_OWN)._replace(before=40, behind=110, names=2),
    hint("a search engine", _GOOGLE_NAME, unless=_NO_SHOP + _NOT_OWN)._replace(names=2),
    hint("a host in words", _SPOKEN + " " + _SMALL)._replace(before=0, behind=0),
    hint("a host in words", _WITH_PATH)._replace(before=0, behind=0),
    hint("a host in words", _WWW + _THREE_W)._replace(before=0, behind=0),
    hint("a host by the name of the shop", _OUR_NAME, _ENDING)._replace(before=0, behind=70),
    *(
        hint("a host in words", dots, then=f"(?:_[a-z]{{2,8}}){{0,1}}_(?:{joining})_(?:{tlds})")._replace(
            before=0, behind=0
        )
        for dots, (joining, tlds) in _DOT_AND.items()
    ),
    *(
        hint("a host in words", tlds, then=f"_(?:{dot})", gate="dot puntino punto punkt kropka kropce point")._replace(
            before=0, behind=0
        )
        for tlds, dot in _WITH_DOT.items()
    ),
    hint("a host in words", "bit", then=_SHORT_HOSTS)._replace(before=0, behind=0),
    hint("a host in words", _SHORTENERS, f"{_SLASHES} {DOTS}")._replace(before=40, behind=90, in_sentence=False),
    hint(
        "a host in words", _SLASHES, "ly te_punto_ele dot_com punkt_com punto_com kropka_com point_com tiny_url linktr"
    )._replace(before=50, behind=20),
    hint(
        "a host in words", ENDINGS, DOTS + "ronds dots kropk* end_of_a_sentence final_de_una_frase ende_eines_satzes"
    )._replace(before=70, behind=110),
    hint("a place on the map", _MAPS, _IN_MAPS, _WITHOUT_FEES)._replace(before=60, behind=150, in_sentence=False),
    hint("another market", _OTHER_SITE, _LOOK_THERE, _FOR_LESS, unless=_NO_SHOP)._replace(
        before=60, behind=130, in_sentence=False
    ),
    *SHOPS,
    *RIVALS,
    hint("a collection of links", "linktr linktree* tiny_url tinyurl")._replace(before=0, behind=0),
)
