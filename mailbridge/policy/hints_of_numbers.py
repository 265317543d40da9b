"""Hints of numbers in parts: what people say who hide a telephone number in prices, sizes or addresses and tell how to
put it together, to read it from behind, or to dial it. Data for `hints.py`, in en, pl, it, de, fr and es, in plain
letters. What the digits are is read by `scattered.py`.
"""

from mailbridge.policy.hints import Hints, hint
from mailbridge.policy.hints_of_carriers import (
    A_ZERO,
    ANSWERS,
    BY_VOICE,
    EARLIER,
    FRONT_FIRST,
    LIKE_CRABS,
    OTHER_PART,
    TAKEN_TOGETHER,
    TYPED_INSTEAD,
)

#: says that numbers which stand apart are one
_JOINED = """
in_a_row in_one_go in_one_line put_them_together put_those_together put_these_together string_them* one_after_the_other
one_after_another leave_out_the leave_off_the drop_the_dots skip_the_dots ignore_the without_the_dots
without_the_points
all_together those_three_together side_by_side next_to_each_other top_to_bottom left_to_right joined_up
run_together stick_them_together in_that_order just_the_digits just_the_numbers only_the_digits
only_the_numbers just_the_figures the_figures in_brackets between_brackets glued_together line_them_up
po_kolei obok_siebie zlozy_w_calosc zlozyc_razem polacz_je polaczy_je polaczyc_je bez_iks* bez_przecink* bez_kropek
bez_spacji bez_kresek bez_zlotow* bez_slow jednym_ciagiem ciagiem w_rzedzie w_jednym_rzedzie jedno_po_drugim
jedna_po_drugiej jeden_po_drugim same_cyfry same_cyferki same_liczby w_nawias* sklej* od_gory_do_dolu
zeby_zmylic dla_zmylki
in_fila di_fila tutti_attaccati tutto_attaccato tutte_attaccate uno_dopo_l_altro una_dopo_l_altra
uno_dietro_l_altro messi_insieme metta_insieme metti_insieme mettendo_insieme unisca unisci unendo
senza_virgol* senza_punt* senza_spaz* tolga_le togli_le levi_le in_sequenza di_seguito fra_parentesi tra_parentesi
dall_alto_in_basso solo_le_cifre solo_i_numeri
aneinander* hintereinander nacheinander nebeneinander der_reihe_nach zusammengesetzt zusammen_gelesen
am_stuck ohne_punkte ohne_komma* ohne_leerzeichen ohne_euro* ohne_worter weglass*
von_oben_nach_unten von_links_nach_rechts in_einem_rutsch in_einer_reihe nur_die_zahlen
nur_die_ziffern in_klammern in_den_klammern aufgereiht gereiht
bout_a_bout a_la_suite d_affilee d_un_trait cote_a_cote mis_ensemble mettez_ensemble
sans_virgule* sans_les_virgules sans_point* sans_les_points sans_espace* sans_les_euros oubliez_les
enlevez_les l_un_apres_l_autre l_une_apres_l_autre juxtapos* entre_parentheses
de_haut_en_bas alignez dans_l_ordre
todo_seguido todo_seguidito seguidito* de_corrido de_un_tiron juntalo juntalos juntalas juntelos juntando sin_comas
olvida_las olvide_las quita_las quite_las sin_puntos sin_espacios sin_euros uno_detras_de_otro una_detras_de_otra
en_fila en_ese_orden entre_parentesis de_arriba_abajo
"""
#: says to leave out what makes them prices
_NO_MONEY = """
ignore_the_money ignore_the_pounds ignore_the_euros ignore_the_currency forget_the_pounds forget_the_commas
leave_out_the_points leave_out_the_dots leave_out_the_commas zlotowki_to_dla bez_zlotowek zapomniec_o_zlotowkach
lasci_stare_le_virgole dimentichi_le_virgole dimentichi_gli_euro senza_gli_euro komma_weglassen kommas_weglassen
euro_weglassen ohne_die_euro oubliez_les_virgules oubliez_les_euros sans_les_virgules olvida_las_comas
olvide_las_comas olvida_los_euros
"""
_IN_ONE = """
in_one_go in_a_row straight_off one_after_the_other one_after_another po_kolei ciagiem in_fila di_fila tutti_attaccati
tutto_attaccato hintereinander nacheinander aneinander am_stuck bout_a_bout a_la_suite d_affilee todo_seguido
de_corrido
"""
#: the parts are counted
_FIRST_PART = """
first_three first_four first_half first_bit first_part pierwsza_trojka pierwsze_trzy pierwsza_czesc prime_tre
prima_parte
prima_terna erste_dreier* ersten_drei erster_teil erste_halfte premiers_chiffres premiere_partie trois_premiers
primeros_tres primeras_tres primera_parte
"""
_REACHED_SOMEHOW = """
zlozy* zadzwon* przekrec* together call ring dial composez appel* chiam* componi componga insieme anruf* zusammen
wahlen
llam* marca junta*
"""
#: says that a number reaches somebody
_REACHED = """
dial dials dialled ring_me call_me call_us where_i_pick_up when_i_pick_up keypad on_the_line on_a_phone into_a_phone
in_a_phone your_phone_keypad press_green green_button green_key reach_me speak_to_me you_ll_get_me you_ll_have_me
get_hold_of_me give_me_a_bell hear_my_voice
zadzwon zadzwonic zadzwonisz zadzwoni_pan* dzwonic dzwon dzwonisz przedzwon* sie_wybiera dobrze_wybiera wybiera_numer
oddzwon* pogada* w_kontakcie zielon*_sluchawk* klawiaturze_telefonu do_telefonu w_telefon zlapie_pan* zastanie_pan*
uslysz*
mi_chiam* mi_chiami chiamami squillo rispondo_io le_rispondo_io tasto_verde col_telefono con_il_telefono
al_telefono sul_telefono nel_telefono componga parliamo ne_parliamo
anruf* ruf_mich ruf_an rufen_sie_an klingelt_s klingelts klingelt_es mich_dran mich_personlich_dran am_apparat
an_der_strippe tastenfeld ins_telefon in_ein_telefon ins_handy auf_grun grune_taste grunen_horer grunen_knopf
erreichen_sie_mich erreichst_du_mich mich_erreichen gehe_ich_ran geh_ich_ran heb_ich_ab hebe_ich_ab sprechen_wir
appelez_moi appelle_moi m_appel* composez decroch* au_bout_du_fil clavier_de touche_verte bouton_vert
au_telephone sur_un_telephone me_joindre joignez_moi de_vive_voix on_se_parle
llamame llameme me_llamas me_llama descuelg* descolg* boton_verde tecla_verde al_telefono en_el_telefono en_un_telefono
hablamos hablar_conmigo
"""
#: who calls about a parcel
_COURIER = "courier* driver* kurier* corriere fahrer* zusteller* livreur* transporteur* mensajero repartidor*"
#: a telephone's own keys, which nothing else is typed into
_KEYS = """
telephone_keypad phone_keypad keys_of_your_phone klawiatur*_telefonu klawiaturze_telefonu tastiera_del_telefono
tastierino_del_telefono provi_col_telefono provi_con_il_telefono provi_sul_telefono provali_col_telefono
telefontastatur* ziffernblock_vom_telefon clavier_de_telephone clavier_du_telephone
clavier_de_votre_telephone clavier_de_ton_telephone touches_du_telephone touches_de_votre_telephone
teclado_del_telefono
teclado_de_tu_telefono try_them_on_a_phone try_it_on_a_phone better_on_a_keypad
"""
_BACKWARDS = """
backwards back_to_front right_to_left from_the_back from_the_end from_behind in_a_mirror in_the_mirror
od_tylu wspak od_konca od_prawej_do_lewej w_lustrze w_lusterku
al_contrario da_destra_a_sinistra all_indietro a_rovescio al_rovescio allo_specchio dal_fondo dalla_fine
ruckwarts von_hinten von_rechts_nach_links spiegelverkehrt im_spiegel
a_l_envers de_droite_a_gauche dans_un_miroir dans_le_miroir a_rebours en_verlan en_partant_de_la_fin
al_reves del_reves de_derecha_a_izquierda en_un_espejo en_el_espejo desde_el_final de_atras_adelante
"""
_READ = """
read reads reading spell spelled write written typed type
czyta* czytac czytane przeczyta* odczyta* napisz* wpisa*
legg* letto leggere scriv* scritto
lies liest lesen gelesen lest steht geschrieben schreib* eingeben eingibt
lire lis lisez lu lue luez regard* ecrit tapez
lee leer leas lea leelo leido escrit* escrib* marcal*
"""
_AREA_CODE = """
area_code dialling_code dialing_code kierunkowy kierunkowego prefisso vorwahl indicatif prefijo
"""
_OF = "for of do na dla di de del della per von fur du d para"

_LAST_PART = """
last_three last_four last_bit last_part second_half the_rest no_i_ostatnia ostatnia_trojka ostatnia ostatnie ultime_tre
ultima_parte ultima_terna letzte_dreier* letzten_drei letzter_teil zweite_halfte derniers_chiffres derniere_partie
trois_derniers ultimos_tres ultimas_tres ultima_parte
"""
#: the digits are told changed
_EACH_DIGIT = """
each_digit every_digit each_number each_figure kazdej_cyfry kazdej_cyferki kazdej_cyferce kazdej_cyfrze kazda_cyfre
ogni_cifra
jeder_ziffer jede_ziffer jeder_zahl chaque_chiffre cada_cifra cada_numero
"""
_CHANGED = """
add plus minus subtract take_away one_more one_less dodac dodaj dorzuc* odejm* odjac wiecej mniej o_jeden
aggiunga aggiungi tolga togli meno piu addier* dazu abzieh* minus eins_mehr eins_weniger hoher niedriger ajoutez
ajoute enlevez enleve retirez suma sumale sume resta restale reste mas_uno menos_uno
"""
_ZERO = "nought zero noll zera null zero_z uno_zero un_zero eine_null un_cero cero"
_IN_FRONT = (
    "on_the_front|at_the_front|in_front|z_przodu|na_poczatku|na_poczatek|davanti|all_inizio|davor|vorne|vorweg|devant|"
    "au_debut|delante|al_principio"
)

_OF_PARCELS = """
tracking order invoice parcel shipment sledz* przesylk* zamowien* faktur* spedizion* ordine fattura lettera sendung*
bestell* rechnung
colis commande facture envio pedido factura
"""

PARTS = Hints(
    hint("joined", _JOINED, _REACHED, unless=_COURIER)._replace(
        before=110, behind=110, in_sentence=False, may_be_denied=False
    ),
    hint("joined", _NO_MONEY, _IN_ONE)._replace(before=60, behind=60, may_be_denied=False),
    hint("joined", _LAST_PART, _FIRST_PART, _REACHED_SOMEHOW, unless=_COURIER)._replace(
        before=220, behind=80, in_sentence=False
    ),
    hint("changed", _EACH_DIGIT, _CHANGED)._replace(before=40, behind=40),
    hint("zero first", _ZERO, then=f"_(?:{_IN_FRONT})")._replace(before=0, behind=0),
    hint("zero first", FRONT_FIRST, then=f"(?:_(?:{A_ZERO}))")._replace(before=0, behind=0),
    hint("joined", _KEYS)._replace(before=0, behind=0, may_be_denied=False),
    hint("backwards", _BACKWARDS, _READ + _REACHED + BY_VOICE)._replace(before=60, behind=60, may_be_denied=False),
    hint("backwards", LIKE_CRABS)._replace(before=0, behind=0),
    hint("area code", _AREA_CODE, then=f"_(?:{'|'.join(_OF.split())})_[a-z]{{3}}*")._replace(before=0, behind=0),
    hint("the rest", OTHER_PART, EARLIER, unless=_OF_PARCELS)._replace(before=70, behind=90, in_sentence=False),
    hint("carried", BY_VOICE, TAKEN_TOGETHER + _JOINED, unless=_COURIER)._replace(
        before=220, behind=220, in_sentence=False, may_be_denied=False
    ),
    hint("carried", TYPED_INSTEAD)._replace(before=0, behind=0, may_be_denied=False),
)
#: says of a number of something that it is answered
ANSWERED = Hints(hint("answered", ANSWERS)._replace(before=0, behind=0))
#: somebody is spoken to
VOICES = Hints(hint("by voice", BY_VOICE, unless=_COURIER)._replace(before=40, behind=40, may_be_denied=False))

_YOURS = """
your_number your_mobile your_mobile_number your_cell your_phone_number your_digits your_phone yours_as your_landline
numer_do_pana numer_do_pani numer_do_siebie nr_do_siebie namiar namiary namiar_na_siebie swoj_numer swoj_nr
twoj_numer pana_numer pani_numer numer_telefonu nr_telefonu numerek dziewiec_cyf* te_dziewiec 9_cyf* telefon_do_siebie
il_suo_numero il_tuo_numero suo_cellulare tuo_cellulare suo_recapito tuo_recapito recapito_telefonico
dieci_cifre un_suo_recapito un_recapito
deine_nummer deine_handynr* deine_handynummer deine_tel* deine_mobil* deine_nr ihre_nummer ihre_handynummer
ihre_telefonnummer ihre_mobil* ihre_rufnummer deine_rufnummer elf_ziffern
votre_numero ton_numero ton_06 ton_07 votre_06 votre_07 un_06 vos_dix_chiffres tes_dix_chiffres dix_chiffres
votre_portable ton_portable votre_tel ton_tel votre_telephone
su_numero tu_numero su_movil tu_movil su_telefono tu_telefono nueve_cifras tus_nueve sus_nueve
ten_digits eleven_digits
"""
_HAND_IT_OVER = """
leave_me leave_your send_me send_us drop_me give_me gimme text_me tell_me pop_your put_your write_your type_your
what_s_your what_is_your can_i_have could_i_have can_i_get let_me_have share_your
zostaw* zostawic podaj podac podeslij podesl* rzuc wpisz* dasz daj prosze_o_numer prosze_o_nr wyslij przeslij napisz*
mi_lasci mi_lascia lasciami mi_da mi_dia dammi mi_mandi mandami mi_scriva scrivimi mi_lasciate mi_metta mi_mette
gib_mir gib_mal gibst_du schick_mir schreib_mir schreiben_sie_mir lass_mir lassen_sie_mir geben_sie_mir
nennen_sie_mir verraten_sie_mir verrat_mir sag_mir hinterlass* dalassen wie_ist_deine was_ist_deine
laissez_moi laisse_moi me_laissez me_laisser donne_moi donnez_moi me_donner envoie_moi envoyez_moi passe_moi file_moi
c_est_quoi quel_est_votre quel_est_ton vous_me_laissez tu_me_laisses balance
dame deme dejame dejeme me_dejas me_deja me_das me_da pasame paseme me_pasas me_pasa mandame mandeme cual_es_tu
cual_es_su dime digame me_dices me_dice apuntame ponme
"""
_TO_CALL = """
i_ll_call i_ll_ring i_ll_text i_ll_message i_ll_add i_ll_give_you_a i_can_call i_can_ring i_call_you call_you
ring_you text_you add_you ring_back call_back when_i_m_downstairs
oddzwon* zadzwon* dzwoni* napisze_sms przedzwon* esemes* dodam* odezw* sie_odezwe dam_znac_sms
la_chiamo ti_chiamo la_richiamo ti_richiamo le_telefono ti_telefono la_sento ti_sento le_scrivo_li ti_aggiungo
la_aggiungo squillo
ruf_ich rufe_ich ruf_dich rufe_dich rufe_sie ruf_sie ich_ruf* rufe_an ruf_an zuruck* melde_ich_mich schreib_dich_an
adde_dich fuge_dich ruf_ich_durch
je_vous_appelle je_t_appelle je_vous_rappelle je_te_rappelle je_vous_ajoute je_t_ajoute je_te_bipe je_vous_bipe
je_t_envoie_un_sms je_passe_un_coup vous_appelle t_appelle te_bipe
te_llamo le_llamo te_doy_un_toque le_doy_un_toque te_agrego le_agrego te_anado le_anado te_escribo_por
"""
#: what a carrier needs, which the order has
_CARRIER = """
courier driver carrier royal_mail dhl dpd ups fedex hermes evri parcelforce kurier* przewoz* paczkomat* inpost corriere
spedizion* bartolini spedition paketdienst* fahrer zusteller lieferdienst livreur transporteur colissimo chronopost
transportista mensajero repartidor seur correos technician technik* tecnico techniker order zamowieni* ordine
bestellung
commande pedido tracking sledzeni* sendungs* suivi
"""
_NUMBER_HERE = """
ton_06 ton_07 votre_06 votre_07 deine_handynr deine_handynummer twoj_numer ton_numero il_tuo_numero il_tuo_cell
your_digits ur_number ur_digits vos_dix_chiffres tes_dix_chiffres dziewiec_cyf* te_dziewiec dieci_cifre
"""

NUMBERS = Hints(
    hint("asked for", _YOURS, _HAND_IT_OVER, _TO_CALL, unless=_CARRIER)._replace(
        before=90, behind=110, in_sentence=False
    ),
    hint("asked for", _NUMBER_HERE, _HAND_IT_OVER, unless=_CARRIER)._replace(before=40, behind=30),
)
