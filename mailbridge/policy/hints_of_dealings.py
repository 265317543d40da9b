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
petrol_station at_the_door on_the_door service_station my_garage my_yard my_driveway at_my_place my_stall my_pitch
my_table boot_sale car_boot
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

#: past the market, in one word or two
_PAST_IT = """
off_the_app off_this_app off_the_site off_this_site off_the_platform off_this_platform outside_the_app outside_of_this
outside_this_site outside_the_site without_the_app forget_about_this forget_the_site forget_this_site
forget_about_the_site
under_the_counter under_the_table behind_their_back the_fees_here their_fees their_commission their_percent
poza_tym_serwisem poza_serwisem poza_tym_portalem poza_portalem poza_apka poza_ta_strona po_cichu placic_im
im_prowizj*
prowizj*_portal* bez_ich_prowizji
fuori_di_qui fuori_da_qui fuori_dal_sito fuori_dall_app dare_i_soldi_al regalare_soldi soldi_al_sito tra_privati
fra_privati senza_dare sottobanco sotto_banco al_di_fuori_del
ohne_die_gebuhr* die_gebuhr*_hier gebuhr*_hier unter_der_hand ausserhalb_der auserhalb_der an_der_plattform
hinter_deren
schwarz_abwickeln ohne_die_app ohne_diese_seite ohne_diese_plattform
hors_du_site hors_de_l_appli sous_le_manteau leur_commission sans_leur en_douce
fuera_de_la_app fuera_de_la_web bajo_cuerda sin_su_comision su_comision_aqui
"""
_WE_DO = """
let_s lets let_us we_could we_can we_d_both we_both shall_we why_not why_give why_pay save_ourselves
pogada* zalatw* dogada* rozlicz* moze_my zrobmy mozemy szkoda po_co zyskamy oboje_zysk*
facciamo sentiamo ci_sentiamo sistemiamo chiudiamo meglio_se perche_dare perche_regal* possiamo concludiamo potremmo
lass_uns lassen_sie_uns machen_wir konnen_wir regeln wir_konnten warum_sollen wozu sollen_wir
on_pourrait faisons passons voyons pourquoi_donner
hagamos podemos arreglemos para_que_dar
"""
#: the offer vanishes
_TAKE_DOWN = """
take_the_ad_down take_it_down take_the_listing_down take_down_the_ad take_down_the_listing pull_the_ad
pull_the_listing end_the_listing
delete_the_ad delete_the_listing remove_the_ad remove_the_listing
zdejme_ogloszenie ogloszenie_zdejm* usune_ogloszenie ogloszenie_usun* zdejme_aukcje aukcje_zdejm* skasuje_ogloszenie
usune_oferte
zdejme_oferte zakoncze_aukcje
tolgo_l_annuncio levo_l_annuncio cancello_l_annuncio elimino_l_annuncio annuncio_lo_tolgo ritiro_l_annuncio
losche_die_anzeige losch_die_anzeige anzeige_losch* nehme_die_anzeige anzeige_raus anzeige_nehm* beende_die_auktion
anzeige_offline angebot_raus
retire_l_annonce supprime_l_annonce enleve_l_annonce quito_el_anuncio borro_el_anuncio retiro_el_anuncio
"""
_COME_AND_PAY = """
come_and come_by come_round fetch_it collect_it pick_it_up pay_me pay_at money_in_hand cash at_the_door on_the_table
przyjed* podjed* wpadn* odbier* kasa_na kase_na pieniadze_na gotowk* do_reki zaplac*
passi passa venga vieni soldi_alla soldi_in contanti prenderlo prenderla ritir* paghi
komm_vorbei kommen_sie vorbei geld_auf bar_auf hol_ab holen_sie abhol* zahl_vor bargeld
passez venez especes liquide venga ven pase efectivo dinero_en
"""
_ALREADY_SOLD = "sold sprzedan* vendut* verkauft vendu vendid* refund* zwrot* rimbors* erstatt*"
#: any other way, and what shall be done by it
_OTHER_WAY = """
another_way other_way different_way any_other_way way_that_isn_t way_to_contact_you_that jakos_inaczej inaczej
innej_drogi
inna_droga inny_sposob altro_modo altra_via andere_moglichkeit andere_moglichkeiten anderen_weg auf_anderem_weg
autre_moyen
autrement otra_forma otra_manera
"""
_BE_IN_TOUCH = """
contact_you reach_you in_touch write_to_you talk_to_you message_you contacting_you skontaktow* napisac_do pogadac
zlapac contattarla
contattarti contattarvi sentirci sentirsi scriverle scriverti schreiben erreichen kontaktieren kontakt_aufnehmen
vous_contacter
te_contacter vous_joindre te_joindre contactarte contactarle hablarte
"""
#: and what is nothing but a contact
_OTHER_CONTACT = """
another_contact other_contact way_to_contact_you_that way_to_reach_you_that contact_you_directly reach_you_directly
in_touch_directly write_to_you_directly
inny_kontakt
innego_kontaktu bezposredni_kontakt kontakt_bezposredni altro_recapito altri_recapiti altro_contatto contatto_diretto
recapito_diretto contattarla_direttamente contattarti_direttamente anderen_kontakt anderer_kontakt direkten_kontakt
direkter_kontakt direkt_erreichen autre_contact contact_direct otro_contacto contacto_directo
"""
_TO_YOU = """
you your give_me do_you_have is_there have_you what_s_the what_is_the da_sie czy_ma macie masz jest pan* avrebbe ha
hai mi_da c_e
hast_du haben_sie dich sie gibt_es gibts avez_vous tienes tiene hay
"""
_FOR_OTHERS = """
courier* driver* kurier* corriere fahrer* spedition* spedizion* livreur* mensajero repartidor* delivery consegna*
dostaw* lieferung
zustell* manufacturer* hersteller* producent* manual pay_for payment platnos* pagament* zahlung* return* zwrot* reso
fix* mount*
"""
_OWN_SHOP = """
own_webshop own_web_shop own_online_shop own_website own_site own_shop our_webshop my_webshop wlasny_sklep
wlasnym_sklepie
naszym_sklepie_internetowym moim_sklepie_internetowym sklep_internetowy_mam sklep_stacjonarny nostro_sito
nostro_shop_online
nostro_e_commerce proprio_sito eigenen_shop eigener_laden eigenen_laden eigener_shop eigenen_onlineshop
unserem_onlineshop unserem_webshop
notre_propre_site notre_site_web notre_boutique_en_ligne nuestra_propia_web nuestra_tienda_online
"""

DEALINGS: tuple[Hint, ...] = (
    hint("outside", _PAST_IT, _WE_DO)._replace(before=80, behind=80, in_sentence=False),
    hint("outside", _TAKE_DOWN, _COME_AND_PAY, unless=_ALREADY_SOLD)._replace(before=110, behind=80, in_sentence=False),
    hint("outside", _OWN_SHOP, _FOR_BOTH + _PRICE_FALLS)._replace(before=60, behind=110, in_sentence=False),
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
    hint("asked for", _OTHER_WAY, _BE_IN_TOUCH, unless=_FOR_OTHERS)._replace(before=50, behind=40),
    hint("asked for", _OTHER_CONTACT, _TO_YOU, unless=_FOR_OTHERS)._replace(before=50, behind=50),
    hint("round the filter", _GETS_THROUGH, _PUZZLED, _YOURS)._replace(before=90, behind=60, in_sentence=False),
)
