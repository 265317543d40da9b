"""Hints of messengers and mailboxes: their names in slang, in misspelling and by description, and what is said with
them. Data for `hints.py`, in en, pl, it, de, fr and es, in plain letters.
"""

from mailbridge.policy import hints_of_descriptions as described
from mailbridge.policy.hints import Hint, Hints, hint, one_of
from mailbridge.policy.hints_of_dealings import QUESTIONS
from mailbridge.policy.hints_of_descriptions import SOMEBODY, UNDERSCORE
from mailbridge.policy.hints_of_games import GAMES
from mailbridge.policy.hints_of_shops import NUMBERS_ON_PAPER

#: names as they are said, or written as they sound, that are nothing else
_SERVICES = {
    "whatsapp": """
    wotsap* wotzap* wozap* wozzap* wacap* lacap* lokap* locap* wotsup* whatsup* wazzup* uotsap* vozap* wazzapp*
    vatsap* uats
    whatsapp* whats_app* whatsap* whatsupp* watsap* watsup wats_app wasap* wassap* wazap* wazzap* uozzap* uazzap*
    uozap*
    uatsap* huasap* guasap* guassap* guatsap* ouatsap* oatsap* lotsap* vatsap* uotsap* wapp wpp wsap whats
    green_chat_app
    green_chat_thing* green_messaging_app green_messenger green_messaging_thing* zielon*_komunikator*
    zielon*_aplikacj* app_verde app_verde_dei_messaggi grune*_messenger grune*_chat_app appli_verte
    app_verde_de_mensajes
    verde_de_mensajes
    """,
    "telegram": """
    telegam* telegran* telegrem* telegrum* telegramik* telegram* tele_gram* tlegram* telegr telega telegraf_app
    tlgrm tlgm
    """,
    "facebook": """
    facebook* facebok* facebuk* fejs fejsie fejsbuk* fejsbook* fejsik* fejsiku feis feisbu* faisbu* fesbu* faccialibro
    gesichtsbuch* caralibro book_of_face* face_book livre_des_visages libro_de_caras libro_delle_facce ksieg*_twarzy
    twarzoksiazk* fb messengerze messenger mesendzer* mesenger* messendger* messanger* messenyer* mesenyer*
    mesinyer mes_sen_ger messager niebiesk*_komunikator* niebiesk*_z_blyskawic* blaue*_messenger
    """,
    "instagram": """
    instgram* inztagram* insty instka instusia ista_gram instagramik* instagram* instagran* instagr insta insty
    instka instk* istagram* ig little_camera_app camera_app
    """,
    "snapchat": "snepczat* snapczat* snepchat* snapchat* snap_chat* snapie snapik* snap",
    "tiktok": "tiktok* tik_tok* tictoc",
    "discord": "discord* diskord* dyskord* discor",
    "viber": "viber* wajber*",
    "threema": "threema* schweizer_messenger",
    "skype": "skype* skajp*",
}
#: what they look like, and toys are too
_FIGURES = """
paper_plane blue_plane paper_airplane yellow_ghost little_ghost samolocik* niebiesk*_samolocik* papierow*_samolocik*
zolt*_duszk* duszk* aeroplanino fantasmino papierflieger* gelbe*_geist* gelbe*_gespenst* avion_en_papier avion_bleu
petit_avion fantome_jaune petit_fantome ptit_fantome avioncito avion_de_papel fantasmita fantasma_amarillo
"""
_HAVE_YOU = """
do_you_have do_you_use have_you_got have_you are_you_on you_got u_got u_on masz macie ma_pan ma_pani maja_panstwo
uzywasz uzywa_pan uzywa_pani jestes_na jest_pan_na jest_pani_na sei_su siete_su hai avete ce_l_hai usi usate
hast_du hast habens haben_sie habt_ihr haste hatten_sie bist_du_bei bist_du_auf sind_sie_bei sind_sie_auf nutzen_sie
nutzt_du kennen_sie kennst_du tu_as t_as avez_vous vous_avez auriez_vous aurais_tu es_tu_sur etes_vous_sur t_es_sur
utilisez_vous tu_utilises tienes tiene teneis tendras usas usais gastas manejas estas_en
"""
_WE_ARE_ON = """
i_m_on we_re_on we_re_also_on i_m_also_on i_am_on we_are_on we_are_also_on jestem_na jestesmy_na siedze_na sono_su
siamo_su siamo_anche_su mi_trovi_su ci_trovi_su ich_bin_auf ich_bin_bei wir_sind_auf wir_sind_bei je_suis_sur
on_est_sur
nous_sommes_sur estoy_en estamos_en tambien_estamos_en
"""
_ARTICLES = (
    "(?:_(?:the|a|an|any|your|by_any_chance|moze|konto_na|l|lo|il|un|un_po_di|das|den|ein|auch|zufallig|le|la|el))"
)
#: where the name ends what is said: no bag, no logo
_AT_END = r"(?=(?:_)?(?:[.,\n]|$|_(?:or|and|oder|und|o|e|ou|et|y|lub|albo|czy|i|with|z|mit|con|avec)_))"
_ON = """
on over_on via through in_the na w przez po su sul sulla in nel nell per auf bei uber im ins sur sur_le chez par
dans en
en_el por por_el no
"""
_ITS = "(?:_(?:the|my|our|il|lo|la|le|l|das|dem|der|den|el|los|moim|naszym|mio|nostro|meinem|mon|notre|mi|nuestro|tym))"
#: asks to be reached
_REACH = """
add_me find_me to_find_me mnie_znalez* znalezc_mnie trovarmi trovarci mich_finden mich_zu_finden me_trouver
encontrarme message_me text_me msg_me dm_me write_me write_to_me reach_me catch_me hit_me ping_me look_me_up hop_on
come_find hmu find_us message_us catch_us ask_us drop_me send_me pisz piszcie zapraszam zapraszamy napisz napiszcie
odezwij* dodaj
znajdziesz znajdzie lap lapcie wbij* wbijaj zagadaj* zlap* wejdz zajrzyj pogadajmy podesle rzuc_okiem prosze_rzucic
mi_trovi mi_trova ci_trovi ci_trova ti_trovo trovami cercami cercaci mi_cerchi mi_cerca mi_becc* scrivimi
scrivici mi_scriva aggiungimi contattami sentiamoci ci_sentiamo passiamo spostiamoci ti_scrivo le_scrivo
dimmelo_li schreib_mir schreib_ma schreib_uns schreiben_sie_mir schreiben_sie_uns adde add_mich such_mich
findest_du_mich
findest_du_uns findet_ihr_uns finden_sie_mich finden_sie_uns melde_dich heiss_ich heis_ich heise_ich meld_dich
komm_auf folg_mir ecris_moi ecrivez_moi ecrivez_nous ajoute_moi ajoutez_moi rejoins_moi rejoignez_moi contacte_moi
contactez_moi viens_sur venez_sur passons retrouve_moi retrouvez_nous on_continue escribeme escribame escribenos
escribanos agregame agregueme anademe anademe buscame busqueme hablame hableme sigueme seguimos sigamos pasate
salgo_como te_escribo
"""
_GIVE_A = """
dame_un deme_un mandame_un echame_un hazme_un give_me_a drop_me_a send_me_a schreib_ne schreib_mir_ne schick_ne
mandami_un fammi_un envoie_un envoie_moi_un ecris_un
"""
_LOOKUP = """
type type_in search_for look_for look_up tap_in wklep wklepac wpisz wpisac szukaj poszukaj znajdz tapez tape cherchez
recherchez busca busque buscad teclea cerca cercate cerchi digita digiti gib_ein suche suchen_sie such sucht pagina
profil_o_nazwie strona nasza_strona fanpage unter unsere_seite page ask_for
"""
#: says that he is called there as here
_SAME_NAME = """
same_name_as same_nick* same_user* same_handle* my_nick* my_username* my_handle my_seller_name our_shop_name
our_store_name nick_as_here username_here called_the_same ten_sam_nick ta_sama_nazwa ta_sama_nazwe tej_samej_nazwie
pod_ta_sama_nazwa taki_sam_nick tym_samym_nick* nick_taki nick_jak nick_ten_sam moj_nick nazwa_jak_tu* nazwisko_masz
stesso_nome stesso_nick* mio_nick* mio_nome_utente nome_utente nome_e_cognome_sono gleicher_name
gleichen_name* gleiche_name selber_name selben_name* demselben_namen mein_nick* mein_benutzername nutzername*
benutzername* meme_nom meme_pseudo mon_pseudo pseudo_d_ici mon_nom_est mismo_nombre mismo_nick* mismo_usuario
mi_nick* mi_usuario soy_el_que_firma number_s_on_the ten_sam_numer tym_samym_numer* stesso_numero
gleichen_nummer meme_numero mismo_numero
"""
_OTHER_MARKETS = """
vinted* olx olxie olxa o_el_iks* oeliks* kleinanzeigen klein_anzeigen kleinen_anzeigen leboncoin le_bon_coin bon_coin
wallapop* guolapop* gualapop* guallapop* walapop* subito_it milanuncios shpock
"""
_TITLED = (
    "titled titel titolo titulo titre tytul tytulem annonce same_ad to_samo_ogloszenie stesso_annuncio mismo_anuncio"
)
_LIES_THERE = """
it_s_on it_is_on also_on is_up_on siedzi wisi stoi jest_tez jest_na sta_su ce_l_ho_su steht_auch liegt_auch ist_auch
est_aussi elle_est il_est esta_en tambien_en lo_tengo_en la_tengo_en such
"""


def _asked_for(name: str, words: str) -> tuple[Hint, ...]:
    """Whether the other is there, or that the author is."""
    names = one_of(words)
    return (
        hint(name, _HAVE_YOU, then=f"{_ARTICLES}{{0,2}}_{names}{_AT_END}", gate=words)._replace(before=0, behind=0),
        hint(name, _WE_ARE_ON, then=f"{_ITS}?_{names}{_AT_END}", gate=words)._replace(before=0, behind=0),
        hint(name, _GIVE_A, then=f"_{names}", gate=words)._replace(before=0, behind=0),
    )


def _named(name: str, words: str) -> tuple[Hint, ...]:
    """By what name somebody is found there, or that one shall write there."""
    at_it = f"{_ITS}?_{one_of(words)}"
    return (
        hint(name, _ON, _SAME_NAME, then=at_it, gate=words, unless=SOMEBODY)._replace(before=70, behind=90),
        hint(name, _ON, _REACH, then=at_it, gate=words, unless=SOMEBODY)._replace(before=40, behind=44),
        hint(name, _ON, _LOOKUP, then=at_it, gate=words)._replace(before=12, behind=14, names=1),
        hint(name, _ON, _LOOKUP + _REACH, then=at_it, gate=words)._replace(before=40, behind=40, names=2),
        hint(name, words, UNDERSCORE)._replace(before=70, behind=80, in_sentence=False),
    )


_AT_FIGURES = f"{_ITS}?_{one_of(_FIGURES)}"
HANDLES = Hints(
    *(each for name, words in _SERVICES.items() for each in (*_asked_for(name, words), *_named(name, words))),
    *_asked_for("signal", "signal sygnal"),
    hint("by its picture", _ON, _REACH, then=_AT_FIGURES, gate=_FIGURES)._replace(before=50, behind=50),
    hint("by its picture", _FIGURES, UNDERSCORE)._replace(before=60, behind=80),
    *described.ACCOUNTS,
    *GAMES,
    *QUESTIONS,
    *NUMBERS_ON_PAPER,
    hint("instagram", "insta instagram ig instagramie", "podloga")._replace(before=0, behind=24),
    hint(
        "another market",
        _ON,
        _SAME_NAME,
        then=f"{_ITS}?_{one_of(_OTHER_MARKETS)}",
        gate=_OTHER_MARKETS,
        unless=SOMEBODY,
    ),
    hint("another market", _OTHER_MARKETS, _TITLED, _LIES_THERE)._replace(before=70, behind=70),
)

_PROVIDERS = """
gmail* g_mail* gmejl* gie_mail* gimejl* gimeil* dzimejl* dzimail* gee_mehl gee_mail* jimeil* jimail* gemail* gemeil*
googlemail google_mail* mail_von_google mail_de_google mail_di_google boite_de_google boite_de_chez_google
boite_google correo_de_google poczta_google* outlook* outluk* autluk* hotmail* hot_mail* hotmeil* yahoo* icloud*
proton protonmail* gmx wupe o2_pl onet* interia* tlen_pl libero_it virgilio t_online* rosa_riese web_de freenet*
posteo*
laposte wanadoo aol zoho tutanota* ymail
"""
#: the sign, said
_SIGN = """
curly_a curled_a a_in_a_circle round_a at_sign at_symbol a_with_a_tail malpa malpka malpke slimak_z_ogonkiem slimak
chiocciola chiocciolina ricciolo a_commerciale kringel_a kringel klammeraffe affenschwanz affe escargot arobase arobas
arroba a_con_rabito a_con_rabo a_con_colita rroba ensaimada a_enroulee a_entoure das_zeichen_auf_der_q_taste
"""
_NICKS = """
same_nick* same_user* my_nick* my_user* my_handle my_name_on_here nick_as_here username_here my_seller_name
ten_sam_nick
taki_sam_nick tym_samym_nick* nick_taki nick_jak nick_ten_sam moj_nick moja_nazwa stesso_nick* mio_nick*
mio_nome_utente
nome_utente mein_nick* mein_name_hier mein_benutzername mein_nutzername benutzername* meme_pseudo mon_pseudo
pseudo_d_ici mi_nick* mi_usuario mi_nombre_de_usuario pone_en_mi_perfil mismo_nick*
"""
_JOINED = """
plus and_then then followed_by at put_that_in_front in_front_of in_front potem plus a_potem dalej na_gmailu
malpa piu poi seguito_da su dann danach dahinter gefolgt bei suivi_de suivi puis chez mas luego seguido_de
y_lo_que_sigue
"""
_TLD = "(?:com|net|org|eu|pl|it|de|fr|es|uk|co|me|kom|komm|peel|pe_el|i_ti|de_e|deh_eh|effe_erre|e_ese)"
_SIGNED = f"_[a-z0-9]{{2,20}}(?:_(?:kropka|punkt|pkt|punto|puntino|point|dot|ptk))?_{_TLD}"

MAILBOXES = Hints(
    hint("a mailbox by the same name", _PROVIDERS, _NICKS, _JOINED)._replace(before=90, behind=40),
    hint("a mailbox with its sign in words", _PROVIDERS, _SIGN)._replace(before=26, behind=0),
    hint("a mailbox with its sign in words", _SIGN, then=_SIGNED)._replace(before=0, behind=0),
    *described.MAILBOXES,
)
