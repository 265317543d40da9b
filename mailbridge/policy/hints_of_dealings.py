"""Hints of a deal past the market without any address: a meeting with cash, the order undone by agreement, the market
called a middleman, a question how somebody is reached elsewhere. Data for `hints.py`, in en, pl, it, de, fr and es, in
plain letters.
"""

from mailbridge.policy.hints import Hint, hint

_READY_MONEY = """
cash cash_in_hand in_notes banknotes readies folding quid_cash envelope
gotowk* gotowecz* banknot* do_reki do_raczki do_lapki z_reki_do_reki z_reki zywa_gotowk*
contanti contant* liquidi banconot* in_mano cash_in_mano brevi_manu busta
bares bargeld bar_auf bar_bezahl* bar_zahl* bar_vor_ort in_bar cash_auf_die auf_die_hand auf_die_kralle auf_kralle
umschlag scheine scheinen
especes liquide billets de_la_main en_efectivo efectivo billetes en_mano en_metalico
"""
#: two people in one place; no delivery is there
_MEETING = """
meet_you meet_me meet_up meet_at meet_in we_meet i_can_meet we_could_meet let_s_meet car_park parking_lot lay_by
petrol_station service_station my_garage my_yard my_driveway at_my_place my_stall my_pitch my_table boot_sale car_boot
flea_market round_mine same_place same_spot same_pub same_cafe same_bar come_round come_by pop_round
spotka* spotykamy parking parkingu pod_biedronk* pod_lidl* pod_zabk* pod_kosciol* na_stacji stacji_benzynowej
na_bazar* na_gield* na_targu na_pchlim u_mnie_w_garazu w_garazu to_samo_miejsce w_tym_samym_miejscu podjade podjedz
podjedzie_pan* wpadnij wpadnie_pan*
ci_vediamo vediamoci incontriamoci ci_incontr* incontro parcheggio autogrill casello benzinaio mercatino bancarella
banco banchetto stesso_bar solito_bar stesso_posto solito_posto passi_da_me passa_da_me venga_da_me viene_con
treffen treff treffpunkt parkplatz raststatte tankstelle bahnhof flohmarkt autohof meinem_hof hof_steht selber_ort
gleicher_ort gleichen_ort wie_letztes_mal komm_vorbei kommen_sie_vorbei vorbeikommen vorbeischau*
se_retrouv* on_se_voit parking_du rendez_vous vide_grenier brocante marche_de chez_moi
quedamos quedar nos_vemos aparcamiento parking gasolinera rastro mercadillo mismo_bar mismo_sitio
"""
#: nothing shall be pressed or paid here
_NOT_PRESSED = """
no_need_to_go_through no_need_for_the_button no_need_for_the_checkout no_need_to_press checkout_then
without_the_checkout skip_the_checkout not_through_here without_the_site
without_clicking don_t_click don_t_press nobody_presses nobody_clicks leave_the_button instead_of_clicking
without_the_button not_by_the_button without_pressing
bez_klikania nie_klikaj niech_pan*_nie_klika bez_strony bez_portalu poza_portalem bez_kupowania nie_kupuj_tu
bez_przycisk* nikt_nie_klika bez_koszyka
senza_cliccare non_clicchi nessuno_clicchi nessuno_schiacc* schiacci_niente non_schiacc* senza_il_sito senza_sito
senza_passare col_tasto con_il_tasto senza_tasto nessuno_prema non_prema senza_cassa
ohne_klick* nicht_klicken ohne_den_knopf ohne_warenkorb keiner_druckt niemand_druckt ohne_plattform ohne_die_plattform
ohne_kasse nicht_hier_kaufen ohne_die_seite
sans_cliquer ne_cliquez_pas sans_le_site sans_passer personne_ne_clique
sin_pulsar sin_clicar no_le_des sin_la_web sin_pasar nadie_pulse
"""
_NOT_MEANT = """
toy* zabawk* giocattol* spielgeld jouet* juguete* cash_back cashback cash_box cash_tin kassette kasetk* cassetta
rimbors*
refund* return_label zwrot* reso drawer schublade register kas_fisk* e_bar schoko* milka
"""
_PRICE_FALLS = """
knock_off knock_a could_do can_do cheaper less_than off_the_price for_less i_d_do i_ll_do i_ll_take you_can_have
have_it have_them it_s_yours is_yours
moze_pan*_miec bedzie_pan* bedzie_twoj* zejde schodze opuszcz* zdejme taniej oddam oddaje sprzedam
e_suo e_tuo e_sua puo_averl* glielo_lascio te_lo_lascio le_lascio in_meno sconto glielo_do te_lo_do tolgo
kannst_du_die kannst_du_das du_kannst_die du_kannst_das du_kannst_den konnen_sie_die bekommst_du kriegst_du gehort_dir
gehoren_dir gunstiger billiger lass_ich
laisse cede moins_cher te_lo_dejo se_lo_dejo mas_barato rebajo
"""
_MIDDLEMEN = """
middleman middle_man middlemen third_party third_parties nobody_takes_a_cut no_one_takes_a_cut takes_a_cut their_cut
feed_the_site feeding_the_site pay_the_site
posrednik* karmic utuczyc dawac_zarobic pasozyt* zarabial* portal_zarobi zarobil_portal
intermediar* mezzo_nessuno ci_mangi* mangi_sopra mangia_sopra ingrassare mangiare_il_sito ci_guadagni
zwischenhandl* dienstweg mittelsmann mittelsmanner zwischenmann mitverdien* umweg mitkassier* mitisst
intermediaire* engraisser s_en_met_dans mangent_dessus intermediario* se_lleve_nada chupen
"""
_OURSELVES = """
between_us between_ourselves just_us just_the_two you_and_me you_and_i one_to_one man_to_man face_to_face privately
directly_with_me straight_with_me deal_direct
dogada* sie_sami miedzy_nami miedzy_soba we_dwoch we_dwoje my_dwaj my_chlopy prywatnie z_gory_na_gore oko_w_oko
a_tu_per_tu tu_per_tu fra_noi tra_noi noi_due a_quattr_occhi di_persona mettiamo_d_accordo mettersi_d_accordo
in_privato
privatamente
von_mensch_zu_mensch unter_uns zwischen_uns wir_zwei wir_beide von_mann_zu_mann unter_vier_augen privat
persoenlich_einig
einig_werden
entre_nous de_vous_a_moi de_toi_a_moi en_prive entre_quatre_yeux entre_nosotros de_tu_a_tu cara_a_cara en_privado
"""
_ADVERTISED = (
    "manufacturer* fabric* factory producent* produttor* hersteller* fabrik* fabricant* garanc* gwaranc* garanti*"
)
_UNDO = """
cancel cancels cancelling call_off withdraw_from
anuluj* anulow* zrezygnuj* zrezygnow* rezygnow* rezygnuj* odwola* wycofa*
annull* disdic* disdett* rinunc*
stornier* storno brich abbrech* widerruf* zurucktret*
annule* annulez annuler cancel* cancele anul*
"""
#: and what comes instead
_OUTSIDE = """
outside outside_of_here off_the_site off_site elsewhere another_way direct_with_me sort_it_between sort_it_out_between
poza_portalem poza_strona poza_serwisem poza_ta_strona na_boku bokiem obok_portalu dogadamy_sie dogadajmy
accordo_fuori d_accordo_fuori accordiamo_fuori fuori_da_qui fuori_dal_sito fuori_di_qui al_di_fuori per_conto_nostro
ausserhalb auserhalb nebenher drumherum an_der_seite_vorbei an_der_plattform_vorbei
en_dehors hors_du_site hors_site a_cote_du_site fuera_de_aqui por_fuera fuera_de_la
"""
_FOR_BOTH = """
cheaper less off save i_ll_do knock discount both_happy
taniej zejde mniej oszczedz* zadowoleni rabat*
in_meno meno sconto euro_in_meno risparm* le_faccio
gunstiger billiger weniger nachlass spar* rabatt
moins remise mas_barato menos descuento
"""
#: how somebody is reached
_REACHED_HOW = """
how_can_i_reach how_do_i_reach how_could_i_reach how_can_i_find how_do_i_find how_do_i_get_hold how_can_i_get_hold
how_else_can_i where_else_can_i where_can_i_find where_else_are_you how_do_people_reach how_to_reach_you
jak_sie_z_toba jak_sie_z_pan* jak_mozna_sie jak_cie_zlapac jak_pana_zlapac jak_pania_zlapac gdzie_cie_znajd*
gdzie_pana_znajd* gdzie_pania_znajd* jak_do_ciebie jak_do_pan* jak_inaczej_sie
come_ti_trovo come_la_trovo come_ti_contatto come_la_contatto come_posso_trovar* come_posso_contattar* come_ti_posso
dove_ti_trovo dove_la_trovo come_vi_trovo come_vi_contatto
wie_erreicht_man wie_erreiche_ich wie_kann_ich_dich wie_kann_ich_sie wie_komm_ich_an_dich wie_find_ich_dich
wie_finde_ich_dich wo_finde_ich_dich wo_find_ich_dich wie_finde_ich_sie wo_finde_ich_sie wo_erreiche_ich
comment_te_joindre comment_vous_joindre comment_te_trouver comment_vous_trouver ou_puis_je_vous
como_te_encuentro como_le_encuentro como_te_contacto como_le_contacto como_puedo_contactar* donde_te_encuentro
"""
_NOT_HERE = """
outside_of_here outside_this_site outside_the_site outside_of_this away_from_here off_here off_this_site elsewhere
other_than_here other_than_on_here other_than_this besides_here besides_this apart_from_here apart_from_this
not_on_here otherwise
poza_tym_portalem poza_portalem poza_ta_strona poza_strona poza_tym_serwisem poza_serwisem gdzie_indziej
inaczej_niz_tu*
nie_tutaj oprocz_tego_portalu normalnie
fuori_da_qui fuori_di_qui fuori_dal_sito fuori_da_sto fuori_di_sto fuori_di_questo al_di_fuori altrove
senza_passare_di_qua
non_qui da_un_altra_parte
ausserhalb auserhalb abseits sonst_so sonst_noch anderswo woanders nicht_hier ohne_das_hier ausser_hier auser_hier
en_dehors ailleurs autrement_qu_ici hors_du_site
fuera_de_aqui fuera_de_esta en_otro_sitio en_otra_parte aparte_de_aqui
"""
_CARRIERS = (
    "courier* driver* kurier* corriere fahrer* livreur* mensajero repartidor* manufacturer* hersteller* producent*"
)
#: asks to write so that a filter does not see it
_PUZZLED = """
with_spaces in_spaces in_pieces in_bits in_code in_a_riddle in_disguise misspelled spelt_funny spelled_funny
written_funny
in_words w_kawalkach ze_spacjami na_raty szyfrem slownie przekrec* zakodowan* zaszyfruj* a_pezzi con_gli_spazi
in_codice
scritto_strano scritta_strana scritto_male a_lettere mascherato in_stuckchen mit_leerzeichen verklausulier*
verschlussel*
verschleier* chiffriert in_ratseln buchstabier* in_worten en_morceaux avec_des_espaces en_lettres code deguise
en_trozos con_espacios en_clave disfrazad*
"""
_GETS_THROUGH = """
gets_thru gets_through get_through get_thru slips_through slip_past get_past gets_past bot_won_t robot_won_t filter
zeby_przeszlo zeby_przeszl* przejdzie nie_wytnie nie_zje cenzur* bot_nie robot_nie filtr
cosi_passa passa_lo_stesso cosi_non_lo tanto_capisco non_lo_blocca filtro
durchgeht durchkommt damit_es_durch nicht_gefiltert nicht_geloscht kannst_es_ja zensur filter
que_ca_passe passe_quand_meme filtre cuela pase_el_filtro
"""
_YOURS = """
yours your_mail your_e_mail your_email your_number your_address your_contact drop_me send_me give_me
swoj swojego swoje twoj pana_adres pani_adres podaj podeslij napisz
il_tuo il_suo la_tua la_sua tuo_contatto come_ti_trovo come_la_trovo mandami dammi
deine deinen ihre ihren dein dich schick_mir gib_mir erreicht_man erreiche_ich
ton votre ta tes envoie_moi donne_moi tu_correo tu_numero su_correo su_numero mandame dame
"""

DEALINGS: tuple[Hint, ...] = (
    hint("cash", _MEETING, _READY_MONEY, _PRICE_FALLS + _NOT_PRESSED, unless=_NOT_MEANT)._replace(
        before=140, behind=140, in_sentence=False
    ),
    hint("cash", _NOT_PRESSED, _READY_MONEY + _MEETING, unless=_NOT_MEANT)._replace(
        before=150, behind=120, in_sentence=False, may_be_denied=False
    ),
    hint("outside", _OURSELVES, _MIDDLEMEN, unless=_ADVERTISED)._replace(
        before=120, behind=120, in_sentence=False, may_be_denied=False
    ),
    hint("outside", _OUTSIDE, _UNDO, _FOR_BOTH)._replace(before=120, behind=120, in_sentence=False),
)
#: somebody asks for a contact
QUESTIONS: tuple[Hint, ...] = (
    hint("asked for", _REACHED_HOW, _NOT_HERE, unless=_CARRIERS)._replace(before=30, behind=70),
    hint("round the filter", _GETS_THROUGH, _PUZZLED, _YOURS)._replace(before=90, behind=60, in_sentence=False),
)
