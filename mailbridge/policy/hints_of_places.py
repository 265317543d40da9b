"""Hints of places in the net: a shop to be searched for, a host whose signs and ending are words. Data for `hints.py`,
in en, pl, it, de, fr and es, in plain letters.
"""

from mailbridge.policy.hints import Hints, hint, one_of

#: no shop of one's own: what Google has else, and the search of the market itself
_NOT_OWN = """
map maps translate lens pay play drive chrome docs analytics home pixel nest mail earth shopping opini* review*
bewertung* recension* avis rese* portalu serwisu des_marktplatzes der_plattform del_sito du_site
de_la_web of_the_site on_the_site on_here auf_der_seite sul_sito sur_le_site
"""
_ENGINES = """
google googlu google_u googel googla gugl guglu gugle gogole gogle goggle wujk*_google wujaszk*_google
search_engine* wyszukiwark* wyszukiwarc* suchmaschin* motor*_di_ricerca moteur*_de_recherche motor*_de_busqueda
buscador* bing ecosia duckduckgo zio_google san_google tante_google oncle_google
"""
_TO_ENGINE = """
type typing pop put enter stick bung search look_up look_for wpisz* wpisac wpiszcie wklep* wrzuc* szukaj* poszukaj*
wyszukaj* digit* scriv* cerc* mett* inser* tipp* gib geben_sie geben gebt such* eingeb* tap* cherch* mett*
recherch* ecriv* pon ponga poned ponlo busc* busqu* escrib* teclee teclea tecle* mete meta un_tour faites
"""
_OUT_COMES = """
first_hit first_result first_link first_one first_thing top_hit top_result we_re_first we_come_up comes_up_first
it_s_the_first our_own_site our_own_shop our_site our_shop our_website my_shop my_site less_there cheaper
pierwsz*_wynik* pierwsz*_link* pierwsz*_pozycj* pierwsz*_od_gory wyskocz* jestesmy_pierwsi nasz_sklep naszego_sklepu
nasza_strona naszej_strony taniej sklep primo_risultat* prim*_risultat* prim*_link in_cima siamo_i_primi
primo_che_esce nostro_sito nostro_negozio mio_sito il_primo esce_il oberst*_treffer erst*_treffer
erst*_ergebnis ganz_oben direkt_bei_uns unser_shop unser_laden unsere_seite unseren_shop mein_shop gunstiger billiger
statt premier*_resultat* premier_lien premier_site en_premier notre_site notre_boutique mon_site moins_cher
port_offert primer*_resultado primer*_enlace primero_que_sale lo_primero el_primero salimos_los_primeros
nuestra_web nuestra_tienda mi_tienda mi_web mas_barat* sale_a
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
_SLASH = r"(?:barra|slash|ukosnik|lamane|schragstrich|barre_oblique|sbarretta|sbarra|raya_inclinada)"
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

_NO_SHOP = "manual* instruction* instrukc* istruzion* anleitung* mode_d_emploi notice tracking przesyl* sendung*"

PLACES = Hints(
    hint(
        "a search engine", _ENGINES, _TO_ENGINE, _OUT_COMES, then=f"(?!_{one_of(_NOT_OWN)})", unless=_NO_SHOP
    )._replace(before=90, behind=130, in_sentence=False),
    hint("a search engine", _WORD_OF_SEARCH, _OUT_COMES, unless=_NO_SHOP)._replace(
        before=90, behind=120, in_sentence=False
    ),
    hint("a host in words", _SPOKEN + " " + _SMALL)._replace(before=0, behind=0),
    hint("a host in words", _WITH_PATH)._replace(before=0, behind=0),
    hint("a host in words", _WWW + _THREE_W)._replace(before=0, behind=0),
    hint("a host by the name of the shop", _OUR_NAME, _ENDING)._replace(before=0, behind=70),
    hint("a collection of links", "linktr linktree* tiny_url tinyurl")._replace(before=0, behind=0),
)
