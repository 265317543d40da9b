"""Words of those who let something else carry a telephone number, prices, sizes, hours or a rhyme: how its figures are
taken together, that somebody is spoken to, that the rest stands in another mail. Data for `hints_of_numbers.py`, in en,
pl, it, de, fr and es, in plain letters.
"""

FRONT_FIRST = """
in_front at_the_front z_przodu na_poczatku na_poczatek davanti all_inizio vorne vorweg davor devant au_debut delante
"""
A_ZERO = "(?:a|an|a_single|jedno|uno|eine|un)_(?:nought|zero|null|oh)|zero|null"
#: who goes backwards
LIKE_CRABS = """
like_a_crab like_crabs like_crayfish as_crabs_do crab_style like_a_lobster rakiem jak_rak jak_raki jak_raka
come_i_gamberi come_un_gambero come_il_gambero i_gamberi ai_gamberi al_gambero wie_ein_krebs wie_die_krebse im_krebsgang
krebsgang a_reculons comme_une_ecrevisse como_los_cangrejos como_el_cangrejo
"""

#: says that figures are to be taken as they stand, or what to leave out of them
TAKEN_TOGETHER = """
figures digits numerals numbers_only only_numbers downwards upwards in_order in_this_order in_that_order in_sequence
consecutive* gaps no_points no_dots no_spaces no_units without_points without_units without_dots write_them
write_those
write_down put_together put_them put_those put_these together as_one one_string string_of squash* squeez* glue* join*
stitch* run_together ignor* forget_the skip drop_the omit leave_out leave_off take_away strip* cross_out minus_the
read_that read_it read_them read_those read_this
type_them type_it key_in key_them tap_them punch* tapped_in line_up in_line in_a_line as_a_whole count_only only_count
read_only
not_really really_selling strange odd_i_know isn_t_a_sum no_sum
cyfr* cyferk* liczebnik* liczby same_liczby rzadku rzedzie rzad rzedem rzadkiem szereg* ciagiem jednym_ciagu
kolejnosci
po_kolei kolejno sklej* skleic ulozyc uloz* zloz zlozyc zlozy* polacz* zsumuj bez_dwukropk* bez_przecink* bez_kropek
bez_przerw bez_jednostek bez_zlotow* bez_groszy bez_spacji pomin* opusc* skresl* wykresl* wyrzuc wyrzucic zestaw
zestawic wystuk* wklep* wpis* spisz
spisac zapisz zapisac zanotuj zanotowac przepisz wyliczank* wiem_ze_dziwn* brzmi_dziwnie tak_naprawde od_lewej
od_gory z_gory_na_dol
cifr* numeri in_fila di_fila attacc* insieme in_sequenza di_seguito tolga togli tolgo levi salti salta saltando lasci
lascia_stare scarti ignori trascuri accanto accost* affianc* tenga_il tieni_il in_colonna dall_alto in_ordine
nell_ordine senza_virgol*
senza_punt* senza_spaz* unisca unisci unisce scriv* legga leggi ricopi trascriv* digit* una_dopo_l_altra messi_in
mettil* batta batti
ziffern zahlen zahl reihe reihenfolge reiht hintereinander* nacheinander aneinander* untereinander zusammen* am_stuck
ohne_komma* ohne_punkt* ohne_einheit* ohne_euro* kommas_raus punkte_raus komma_raus raus weglass* streich* weg_mit
keine_summe sondern tippen tipp tippt eintippen abtippen eintipp* aufschreib* notier* von_oben von_links lies lesen
gelesen bloss_die nur_die
chiffres a_la_suite bout_a_bout ensemble d_affilee sans_virgul* sans_point* sans_les oubliez enlevez sautez notez
tapez
ecrivez dans_l_ordre alignes alignez
cifras seguid* juntos juntas juntalos juntelos sin_coma* sin_punto* quite quita olvide olvida salte salta apunte
apunta marque teclee en_orden alinead*
"""
#: somebody is spoken to, wherever his number stands
BY_VOICE = """
dial dials dialled dialling ring_for ring_me ring_it ring_us ring_up ring_there rings call_me call_us call_it
a_call phone_me phone_us phone_it by_phone telephone telephon* on_the_line on_the_phone a_phone your_phone keypad
into_your_smartphone in_your_smartphone ins_smartphone nello_smartphone sullo_smartphone do_smartfona like_a_phone
handset pick_up picks_up pick_it_up answers i_ll_answer press_call hear_me hear_my hear_each_other hear_us speak talk
talking get_me get_us have_me
reach_me reach_us catch_me my_ear bell tinkle buzz blower voice
zadzwo* dzwonic dzwoni dzwonisz dzwon dzwoncie dodzwon* przedzwon* oddzwo* wydzwon* slysz* slychac uslysz* telefon*
komork* komorc* sluchawk* wykrec* wybrac_numer wybierz_numer wybieraj* pogada* gadac gadamy glos glosem glosu
w_kontakcie
zlapac_mnie mnie_zlapac mnie_zlap* gdzie_mnie zastanie* zona_odbier* ja_odbior* odbiore
telefon* cellular* telefonin* chiam* squill* rispondo io_rispondo risponde compon* tastierin* tastiera a_voce
parliamo parlarne sentiamo sentirci sentirmi cornetta dove_trovarmi mi_trova mi_trovi apparecchio suona_da_me
anruf* anzuruf* ruf ruft rufen durchruf* klingelt klingeln klingle klingel_ma klingel_mal wahlen wahlt wahlst anwahl*
geht_ran gehe_ran geh_ran geh_ich_ran
ran nimmt_ab
nehme_ab nimmt_ubrigens_auch_ab abheb* heb_ab hebt_ab hebe_ab horer sprech* sprich* gesprach reden telefon* handy
am_apparat tastatur durchklingel* abtippen ins_tastenfeld mich_erreich* erreichst erreichen_sie_mich stimme strippe
quatschen bimmel* leitung
telephone* appel* composez compose decroch* au_bout_du_fil de_vive_voix clavier joindre combine
llam* llame descuelg* descolg* hablamos hablar telefono* movil auricular suena marca_y
"""
#: the keys are told from what the figures seem to be for
TYPED_INSTEAD = """
sondern_tippen sondern_eintippen sondern_wahlen sondern_eingeben but_dial but_type but_key tylko_wystukac tylko_wpisac
a_wystukac tylko_wybrac ma_da_digitare ma_digitare ma_comporre ma_componga mais_a_composer mais_a_taper sino_marcar
sino_teclear
"""
#: the number is in two mails
OTHER_PART = """
the_rest second_half other_half second_part last_part last_bit remaining missing_half missing_part missing_digits
it_ends ends_in ends_with ends the_end_of ending rest_of_it
reszta druga_polowa druga_czesc koncowka brakujac* ostatnie_cyfry drugi_kawalek konczy_sie dalsza_czesc
seconda_parte seconda_meta l_altra_meta ultima_parte il_resto le_ultime il_finale finisce_con la_fine ultime_cifre
zweite_halfte zweiter_teil zweiten_teil der_rest die_letzten restlichen fehlenden endet_auf zweite_teil das_ende
deuxieme_partie seconde_partie deuxieme_moitie la_suite les_derniers la_fin
segunda_parte segunda_mitad el_resto las_ultimas los_ultimos la_otra_mitad termina_en
"""
EARLIER = """
last_message my_last previous_message earlier_message what_i_sent i_sent_before sent_before wrote_before other_message
first_half yesterday_s put_them_together stick_them stick_it join_it together
poprzedni* ostatnia_wiadomosc ostatniej_wiadomosci wczesniej* pisalem pisalam tamtej_wiadomosci wczorajsz*
pierwsza_polow*
doklej* sklej* polacz* razem
ti_scrivevo le_scrivevo scritto_prima ultimo_messaggio messaggio_di_prima messaggio_precedente prima_parte attacca*
metti_insieme unisci unisca
letzten_nachricht vorigen_nachricht vorher vorhin letzte_nachricht erste_halfte ersten_teil schrieb geschrieben_hab*
dranhang* zusammenset* aneinander*
dernier_message message_precedent tout_a_l_heure premiere_partie collez mettez_ensemble
ultimo_mensaje mensaje_anterior antes_te primera_parte junta* juntalo
"""
#: says so of itself: one dials it, or it is answered
ANSWERS = """
where_i_pick_up rispondo_io odbieram gehe_ich_ran hebe_ich_ab picks_up pick_up_if answers_the_phone answers_when
if_you_dial when_you_dial dial_it ring_it call_it give_it_a_ring
give_it_a_bell give_it_a_call if_you_ring_it also_rings speak_to_it can_be_dialled can_be_rung
odbiera_telefon jak_sie_wybierze da_sie_wybrac mozna_zadzwonic mozna_na_niego_zadzwonic mozna_na_ten_numer
wykrecic wykreci sie_dodzwon* dodzwoni odbiera_jak tez_odbiera rozmawia
risponde_anche risponde_se se_lo_componi se_lo_compone lo_componga si_puo_chiamare puo_chiamarlo risponde_al
nimmt_ab nimmt_auch_ab auch_ab_wenn wenn_man_ihn_wahlt wenn_man_sie_wahlt kann_man_wahlen lasst_sich_wahlen
kann_man_anrufen geht_auch_ran klingelt_auch wahlt
decroche_aussi si_on_le_compose se_compose repond_aussi on_peut_l_appeler
descuelga_si si_lo_marcas se_puede_marcar contesta_si se_puede_llamar
"""
