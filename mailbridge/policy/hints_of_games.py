"""Hints of letters that are to be taken out of a text which says something else: every second one, the first of each
line, digits for vowels. Data for `hints.py`, in en, pl, it, de, fr and es, in plain letters.
"""

from mailbridge.policy.hints import Hint, hint

#: letters are to be taken out of a text that says something else
_LETTER_GAMES = """
every_other_letter every_second_letter every_third_letter second_letters first_letter_of_each first_letter_of_every
first_letters initial_letters only_the_capitals only_the_initials capitals_only left_edge left_margin
left_hand_edge down_the_side acrostic acrostics digits_for_vowels numbers_for_vowels digits_for_letters
numbers_for_letters
instead_of_the_vowels instead_of_vowels in_place_of_vowels each_letter_back letter_before letter_after one_letter_back
one_letter_on
co_druga co_trzecia pierwsze_litery pierwszych_liter same_pierwsze lewym_brzegu lewym_brzegiem lewej_krawedzi
akrostych*
zamiast_samoglosek zamiast_liter litere_dalej litere_wczesniej literke_dalej
lettera_si lettera_si_e_una_no ogni_seconda_lettera una_lettera_ogni_due prime_lettere lettere_iniziali
capitali_iniziali
sole_iniziali margine_sinistro acrostico al_posto_delle_vocali al_posto_delle_lettere lettera_prima
lettera_dopo
jeden_zweiten_buchstaben jeder_zweite_buchstabe jeder_dritte_buchstabe anfangsbuchstaben erste_buchstabe
ersten_buchstaben
linken_rand linkem_rand akrostichon statt_vokale* statt_der_vokale statt_buchstaben buchstabe_weiter buchstaben_weiter
une_lettre_sur_deux premieres_lettres premiere_lettre_de marge_de_gauche acrostiche a_la_place_des_voyelles
una_letra_de_cada_dos primeras_letras margen_izquierdo en_lugar_de_vocales en_vez_de_las_vocales
"""
#: and they are the author, or where he is
_THAT_IS_ME = """
i_am i_m that_s_me is_me it_s_me who_i_am my_name where_i write_me writes_to_me find_me reach_me i_live i_sit read_them
to_ja jestem mnie siedze mieszkam tam_pisz znajdziesz znajdzie kto_czyta czytaj czytac przeczyta* skrzynk*
sono_io sono mi_scriv* abito mi_trov* sto_li leggere legga_solo scrivi* rispondimi dove_sto
bin_ich das_bin wohne wohn_ich sitze heiss* schreib* find* lies lesen erreich* netz
c_est_moi je_suis j_habite ecri* lire lisez soy vivo escrib* leer lea
"""
#: engraved, printed, embroidered
_ENGRAVED = """
engrav* embroider* monogram* stamped print* personali* grawer* haft* nadruk* incis* ricam* incid* stamp* gravur*
gravier*
bestick* stick_name druck* crossword* spelling* alphabet* alfabet* scrabble grav* brod* bord* baby name_tag
"""

GAMES: tuple[Hint, ...] = (
    hint("letters that are hidden", _LETTER_GAMES, _THAT_IS_ME, unless=_ENGRAVED)._replace(
        before=110, behind=120, in_sentence=False, may_be_denied=False
    ),
)
