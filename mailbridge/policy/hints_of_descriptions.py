"""Hints of accounts, mailboxes and hosts that are described and not named: by what they look like, by the same name as
here, by the parts of an address said one by one. Data for `hints.py`, in en, pl, it, de, fr and es, in plain letters.
"""

from mailbridge.policy.hints import Hint, hint

#: a dot and a low line, said
DOTS = """
dot full_stop a_stop period kropka kropke kropeczka kropeczke punto puntino puntito punkt punktchen tupfelchen pkt
point
petit_point un_rond petit_rond
"""
UNDERSCORE = """
underscore under_score low_line line_at_the_bottom podkreslnik podkreslenie dolna_kreska kreska_dolna kreska_na_dole
dolny_myslnik trattino_basso underscor lineetta_bassa tiret_du_bas tiret_bas tiret_8 tiret_du_8 unterstrich unterstrick
bodenstrich strich_unten guion_bajo barra_baja guion_de_abajo raya_baja
"""
#: who is called so is somebody else
SOMEBODY = """
someone somebody ktos jakis jakas qualcuno jemand quelqu_un alguien logo* sticker* naklejk* aufkleber adesiv*
autocollant* pegatina* fake fals* scam* trikot shirt koszulk* maglia
"""
#: the same without what may be any stroke, and what it stands in honestly
_LOW_LINE = """
underscore under_score podkreslnik dolna_kreska kreska_dolna trattino_basso tiret_du_bas tiret_du_8 unterstrich
guion_bajo
barra_baja
"""
_GOES_ON = "_(?!(?:im|in|am|at|and|or|und|oder|i|lub|na|w|e|o|nel|et|ou|dans|y|en|is|ist|es|jest)_)[a-z0-9]{1,20}"
_FILES = """
character* sign symbol zeichen znak* carattere caractere caracter text_field
file files filename folder variable plik* nazwa_pliku folder* datei* dateiname* ordner fichier* dossier nom_du_fichier
archivo* carpeta nome_file nome_del_file cartella sku key keys button keyboard klawisz* taste tasto touche tecla
"""
_NICK = """
nick nicku nickiem nickname nicknamen handle username user_name userid login pseudo pseudonyme nom_d_utilisateur
usuario
nombre_de_usuario benutzername* benutzernamen nutzername* nutzernamen profilname* nazwa_uzytkownika nazwe_uzytkownika
nome_utente nom_de_profil ksywa ksywka ksywke seller_name
"""
_SAME = """
same identical the_very_one ten_sam taki_sam ta_sama taka_sama tym_samym tak_samo taki_jak stesso stessa medesimo
identico identica uguale gleich gleiche gleicher gleichen derselbe selbe selben demselben genauso meme identique
pareil mismo misma igual exactly dokladnie esattamente genau exactement exactamente
"""
_HERE = """
here on_here in_here on_this_site on_this_app tu tutaj na_tej_stronie qui di_qui che_ho_qui su_questo_sito hier
auf_dieser_seite ici d_ici qu_ici sur_ce_site aqui que_aqui de_aqui en_esta_web
"""
_CALLED_AS_HERE = """
called_the_same_as_here same_name_as_here same_name_as_on_here same_name_there named_the_same_as_here
nazywam_sie_tak_jak_tu*
nazywam_sie_tak_samo nazywam_sie_tam_tak_jak_tu* mi_chiamo_come_qui mi_chiamo_uguale_a_qui stesso_nome_che_ho_qui
stesso_nome_di_qui heisse_da_genauso* heise_da_genauso* heisse_dort_genauso* heise_dort_genauso*
heisse_dort_wie_hier heise_dort_wie_hier heisse_da_wie_hier heise_da_wie_hier heiss_da_wie_hier heis_da_wie_hier
heiss_dort_wie_hier heis_dort_wie_hier gleicher_name_wie_hier gleichen_namen_wie_hier derselbe_name_wie_hier
je_m_appelle_pareil
meme_nom_qu_ici le_meme_nom_que_sur_ici me_llamo_igual_que_aqui me_llamo_como_aqui me_llamo_lo_mismo_que_aqui
mismo_nombre_que_aqui mismo_nombre_de_aqui
"""
#: says by which name somebody is found in another place
_CALLED_THERE = """
there_i_m_called there_i_am_called i_m_called_there there_i_go_by i_go_by_the_name tam_sie_nazywam nazywam_sie_tam
tam_nazywam_sie tam_mam_nick tam_mam_ksywe tam_mnie_wolaja tam_na_mnie_wolaja la_mi_chiamo li_mi_chiamo mi_chiamo_li
la_mi_chiamano dort_heisse_ich dort_heise_ich dort_heiss_ich dort_heis_ich da_heisse_ich da_heise_ich da_heiss_ich
da_heis_ich heisse_dort heise_dort heiss_dort heis_dort heisse_ich_dort heise_ich_dort
heiss_ich_dort heis_ich_dort je_m_y_appelle la_bas_je_m_appelle on_m_y_appelle la_bas_on_m_appelle alli_me_llamo
ahi_me_llamo
me_llamo_alli alli_me_llaman
"""
_I_AM_THERE = """
tam_jestem tam_bede wolaja_mnie mowia_na_mnie la_sono li_sono dort_bin_ich da_bin_ich ich_bin_dort ich_bin_da
bin_dort_der bin_dort_die la_bas_je_suis j_y_suis la_dessus_je_suis alli_soy ahi_soy alli_estoy_como ahi_estoy_como
there_i_am i_m_on_there_as
"""
_SERVICE = """
chat chats messenger messengera komunikator* messagerie mensajeria network netzwerk social rete_sociale reseau_social
red_social gamer* gracze gaming zocker joueurs jugadores serwer* server discord*
"""
#: what the pictures of messengers show
_PICTURES = """
handset receiver phone_in_it phone_in_a_bubble phone_in_the_bubble paper_plane yellow_ghost little_ghost lightning
lightning_bolt white_f blue_f
sluchawk* sluchaweczk* samolocik* duszek duszki duszkiem blyskawic* dymek dymk* chmurk* sloneczk*
cornetta telefonino aeroplanino fantasmino fantasma lampo fulmine fumetto nuvoletta balletti ballett*
horer telefonhorer papierflieger* gespenst geist blitz sprechblase tanzvideo* controllergesicht
combine petit_avion avion_en_papier fantome eclair bulle danses
auricular telefonito avioncito avion_de_papel fantasmita rayo globito bocadillo bailes bailecitos
"""
_LOOKED_LIKE = """
app apps appli application apka apke apce apki aplikacj* komunikator* applicazione aplicacion chat messenger social
network bubble bulle bolla globito bocadillo sprechblase messagerie mensajeria
"""
_GO_ON = """
do_you_have do_you_know do_you_use have_you_got are_you_on you_have_my find_me add_me message_me text_me write_me
write_to_me write_to_us let_s let_us continue carry_on move_over chat_there talk_there i_m_on i_m_there im_on
masz ma_pan ma_pani uzywa_pan uzywa_pani zna_pan zna_pani napisz* pisz odezwij* dodaj znajdziesz znajdzie_pan*
zagadaj* pogadajmy pogadamy jestem
hai avete usi lei_usa conosce conosci ha_presente scrivimi mi_scriva mi_trovi mi_trova mi_becca aggiungimi sentiamoci
continuiamo passiamo sono
hast_du habt_ihr haben_sie nutzt_du nutzen_sie kennst_du kennen_sie schreib_mir schreiben_sie_mir adde such_mich
findest_du_mich finden_sie_mich weiterreden weiterschreiben weiter_schreiben melde_dich bin_ich bin_dort
tu_as t_as vous_avez avez_vous auriez_vous connaissez tu_connais ecris ecrivez ajoute ajoutez on_continue continuons
passons rejoins rejoignez retrouve retrouvez
tienes tiene teneis conoces conoce usas escribeme escribame agregame buscame hablame seguimos sigamos pasamos vivo
"""
_COLOURS = """
green blue purple yellow red pink zielon* niebiesk* fioletow* zolt* verde blu azzurr* viola giall* ross* grun*
blau* lila
gelb* weissen weisen vert* bleu* violet* jaune* rouge* azul* morad* amarill* roj* de_papel en_papier di_carta
"""
_REACHED = """
find_me add_me message_me text_me dm_me write_me write_to_me i_m_on im_on i_fly catch_me chat_there talk_there
napisz* pisz odezwij* dodaj znajdziesz znajdzie_pan* zagadaj* pogadajmy jestem_na
scrivimi mi_scriva mi_trovi mi_trova mi_becca aggiungimi sentiamoci continuiamo passiamo sono_su
schreib_mir schreiben_sie_mir adde such_mich such_beim such_im findest_du_mich finden_sie_mich weiterreden melde_dich
bin_ich_als heiss_ich heis_ich
ecris_moi ecrivez_moi ajoute_moi ajoutez_moi on_continue continuons passons rejoins rejoignez vous_attend t_attend
viens_sur venez_sur je_suis_sur
escribeme escribame agregame buscame hablame seguimos sigamos pasamos estoy_en
"""
_COLOURED = """
yellow_ghost paper_plane white_plane blue_plane little_ghost ghost_app ghosty fantasmino_giallo
aeroplanino_di_carta gelben_geist
gelben_gespenst papierflieger fantome_jaune avion_en_papier petit_avion fantasma_amarillo fantasmita avioncito
avion_de_papel zolt*_duszk* duszku samolociku papierow*_samolocik*
"""
_I_AM_ON = """
i_m_on im_on i_am_on we_re_on jestem_na jestesmy_na sono_su sono_sul ci_sono_sul siamo_su ich_bin_auf ich_bin_beim
bin_auf bin_beim
je_suis_sur on_est_sur viens_sur estoy_en estamos_en find_me_on mi_trovi_sul mi_trova_sul
"""
#: a telephone number that the other has already
_THE_ONE = """
number_is_the_one numer_jest_ten numer_to_ten numero_e_quello nummer_ist_die numero_est_celui numero_c_est_celui
numero_es_el_que numero_es_el_de
"""
_CALLERS = "courier* driver* kurier* corriere fahrer* livreur* mensajero repartidor*"
_MY_NUMBER = """
my_number my_mobile my_phone_number moj_numer moj_nr mam_ten_sam_numer mio_numero mio_recapito meine_nummer meine_nr
meine_handynummer meine_telefonnummer mon_numero mon_portable mi_numero mi_movil
"""
_ON_LABEL = """
on_the_label on_the_parcel on_the_box parcel_label shipping_label delivery_note return_address on_your_receipt
na_etykiecie na_paczce na_paragonie na_liscie_przewozowym na_kopercie na_naklejce z_paczki
sulla_bolla sull_etichetta sul_pacco sulla_scatola sulla_ricevuta
auf_dem_etikett auf_dem_paket auf_dem_absender klebt_am_karton am_karton auf_dem_karton auf_dem_lieferschein
auf_dem_versandschein
sur_l_etiquette sur_le_colis sur_le_bordereau sur_le_carton sur_le_bon_de_livraison
en_la_etiqueta de_la_etiqueta en_el_paquete en_la_caja en_el_albaran
"""
_WRITE_ME = """
write_me text_me message_me call_me ring_me add_me send_me_a napisz pisz zadzwon* odezwij* dodaj puszczam_blika
zrob_blika
scrivimi mi_scriva ti_trovo chiamami mi_chiami schreib_mir schreiben_sie_mir ruf_mich rufen_sie_mich
ecris_moi ecrivez_moi appelle_moi appelez_moi escribeme escribame llamame llameme dame_un_toque
"""
#: names for the services in the talk of their users
_SLANG = """
f_book fbook fbuk twarzoksiazk* messku messka mesku mesiu faccialibro faccia_libro book_of_faces the_book_of_faces
marka_zuckerberga zuckerberg* cousin_bleu social_dei_balletti app_dei_balletti reseau_des_danses appli_des_danses
app_de_los_bailes red_de_los_bailes dancing_app clock_app tanz_app apka_z_tancami zolt*_sloneczk* sloneczko_gg
gadu_gadu
fumetto_col_lampo fumetto_con_il_lampo
"""
_PROFILE = """
look_me_up find_me add_me message_me write_me mssg_me msg_me dm_me hit_me_up napisz napisz_pan napisz_pani pisz
znajdziesz dodaj zagadaj szukaj swieci iscritta iscritto mi_trova mi_trovi mi_cerchi mi_chieda_l_amicizia
chiedimi_l_amicizia scrivimi leggo_tutti_i_messaggi such_mich findest_du_mich schreib_mir freundschaftsanfrage
ajoute_moi tapez_mon_nom cherche_mon_nom mon_nom demande_en_ami ecris_moi photo_de_profil buscame escribeme solicitud
petit_mot_en_prive en_prive
"""

ACCOUNTS: tuple[Hint, ...] = (
    hint("the same name as here", _NICK, _SAME, _HERE, unless=SOMEBODY)._replace(before=44, behind=44),
    hint("the same name as here", _CALLED_AS_HERE, unless=SOMEBODY)._replace(before=0, behind=0),
    hint("a name there", _CALLED_THERE)._replace(before=0, behind=0),
    hint("a name there", _I_AM_THERE, _SERVICE)._replace(before=120, behind=20, in_sentence=False),
    hint("a name there", _I_AM_THERE, DOTS + UNDERSCORE, _SERVICE + _PICTURES)._replace(
        before=120, behind=60, in_sentence=False
    ),
    hint(
        "a name there",
        "i_m im i_am",
        DOTS + UNDERSCORE,
        then="(?:_[a-z0-9]{1,14}){1,7}_there",
        gate="there",
    )._replace(before=0, behind=50),
    hint("by its picture", _LOOKED_LIKE, _PICTURES, _GO_ON)._replace(before=60, behind=60),
    hint("by its picture", _PICTURES, _COLOURS, _REACHED, unless=SOMEBODY)._replace(before=34, behind=34),
    hint("a name with its signs in words", _LOW_LINE, then=_GOES_ON, unless=_FILES)._replace(before=0, behind=0),
    hint("by its picture", _COLOURED, _I_AM_ON, unless=SOMEBODY)._replace(before=24, behind=0),
    hint("by the number on the parcel", _MY_NUMBER, _ON_LABEL, unless=_CALLERS)._replace(before=50, behind=50),
    hint("by the number on the parcel", _THE_ONE, _ON_LABEL, _WRITE_ME, unless=_CALLERS)._replace(
        before=110, behind=60, in_sentence=False
    ),
    hint("threema", "3ma threema*", "kennung kennziffer id identyfikator my_id mein*")._replace(before=20, behind=20),
    hint("by its name among friends", _SLANG, _PROFILE, unless=SOMEBODY)._replace(before=40, behind=70),
)

_SIGN = """
curly_a curled_a round_a a_in_a_circle at_sign at_symbol malpiszon*
chiocciola chiocciolina a_commerciale klammeraffe* affenschwanz* at_zeichen a_im_kreis
das_a_im_kreis arobase arobas arroba a_w_kolku a_w_koleczku a_cerchiata a_encerclee a_entouree a_dans_un_rond
a_con_rabito a_en_un_circulo
"""
_RINGS = "kringel kringels ricciolo"
_LITTLE_MONKEYS = """
malpeczk* malpiatk* malpk* chiocciolett* lumachina schneck* aeffchen affchen strudel* snail swirl petit_escargot caracol
"""
#: where the host stands that nobody names
_BEHIND_WWW = """
www after_www behind_www web_address on_our_website our_domain domain_name of_our_site_s adres_strony adresie_strony
nasza_domena
domena domeny indirizzo_del_sito il_nostro_dominio dominio web_adresse internetadresse unsere_domain domain
adresse_du_site
notre_domaine domaine direccion_web nuestro_dominio
"""
#: the sign in Polish, and a toy
_MONKEY = "malpa malpe malpy malpka malpke malpki"
_BESIDE_MONKEY = """
kropka_pl kropka_com kropka_eu kropka_i kreska podkreslnik kreska_na_dole kreska_dolna dolna_kreska kropka_peel
"""
#: where something stands beside the sign
_BESIDE_SIGN = """
at_in_front instead_of_the_sign
przed_malpa przed_malpka przed_malpiszonem za_malpa za_malpka za_malpiszonem po_malpie po_malpce zamiast_malpy
zamiast_malpki na_miejscu_malpy zamiast_znaczka
prima_della_chiocciola davanti_alla_chiocciola dopo_la_chiocciola al_posto_della_chiocciola prima_della_chiocciolina
dopo_la_chiocciolina davanti_alla_chiocciolina
vor_dem_kringel nach_dem_kringel statt_des_kringels vor_dem_at nach_dem_at statt_des_at vor_dem_klammeraffen
nach_dem_klammeraffen statt_des_klammeraffen vor_dem_affenschwanz nach_dem_affenschwanz hinter_dem_klammeraffen
statt_des_zeichens
avant_l_arobase devant_l_arobase apres_l_arobase a_la_place_de_l_arobase a_la_place_du_signe avant_l_arobas
apres_l_arobas
antes_de_la_arroba delante_de_la_arroba despues_de_la_arroba tras_la_arroba en_vez_de_la_arroba en_lugar_de_la_arroba
"""
_FIRST_AND_LAST = """
first_name_dot_last_name firstname_dot_lastname first_name_dot_surname name_dot_surname my_name_dot_surname
imie_kropka_nazwisko imie_i_nazwisko_z_kropka nome_punto_cognome cognome_punto_nome vorname_punkt_nachname
nachname_punkt_vorname prenom_point_nom nom_point_prenom nombre_punto_apellido
"""
_NAMES_TOGETHER = """
first_and_last_name my_full_name imie_i_nazwisko nome_e_cognome vor_und_nachname mein_vor_und_nachname prenom_et_nom
nom_et_prenom nombre_y_apellido nombre_y_apellidos seller_name seller_username my_username my_nick moja_nazwa*
nazwe_sprzedawcy moje_imie my_first_and_surname first_name_and_surname name_and_surname imie_z_nazwiskiem
nome_piu_cognome mio_nome_utente mein_benutzername mein_profilname mon_pseudo mi_usuario
"""
_WRITTEN_TOGETHER = """
all_one_word no_spaces no_gaps all_lower_case in_lower_case pisane_razem bez_spacji z_malych tutto_attaccato
senza_spazi
tutto_minuscolo minuscolo davanti_metta alles_zusammen zusammengeschrieben klein_geschrieben kleingeschrieben
ohne_leerzeichen tout_attache sans_espace sans_espaces tout_en_minuscules todo_junto sin_espacios en_minusculas
the_bit_in_front bez_polskich_znakow bez_ogonkow z_kropka z_kropka_w_srodku dot_in_between dot_between full_stop_between
with_a_dot con_il_punto con_un_punto in_mezzo_un_punto mit_punkt_dazwischen punkt_dazwischen mit_punkt ohne_umlaute
avec_un_point point_entre con_un_punto punto_en_medio
"""
_MAILBOX = (
    "mailbox inbox my_box my_mail my_e_mail skrzynk* casella postfach mailadresse boite_mail adresse_mail buzon mail"
)
#: mailboxes, and who runs them, by description
_BOX = """
mailbox inbox my_box my_mail mail the_mail e_mail skrzynk* poczt* mailem casella posta indirizzo postfach mailadresse
boite messagerie adresse correo buzon
"""
_BY_DESCRIPTION = """
big_g the_big_g letter_g wielkie_g wielkiego_g wielkim_g duzym_g na_g duzego_g duze_g grande_g g_grande grosse_g
grose_g grossen_g grosen_g gros_g
wujka_google
wujka_googla wujek_google zio_google onkel_google tonton_google tio_google mela_morsicata mela_morsa bitten_apple
apple_with_a_bite nadgryzion*_jabl* angebissen*_apfel* pomme_croquee manzana_mordida nom_de_fruit gelbe_anbieter
gelber_anbieter gelben_anbieter
"""
_PROVIDER = """
provider anbieter mailanbieter operator operatora dostawc* fournisseur operateur gestore proveedor operadora freenet
t_online gmx tiscali virgilio wanadoo laposte orange sfr proton protona onet interia tlen wirtualn*_polsk*
gmail hotmail outlook yahoo icloud
"""
ENDINGS = """
german_ending polish_ending italian_ending french_ending spanish_ending british_ending country_ending
ending_for_germany
two_letters_of the_two_letters short_form_of the_word_for_myself dwie_literki dwie_litery_od polska_koncowka
koncowka_polska
polsk*_koncowk* krajowa_koncowka due_lettere_de* sigla_del_nostro_paese sigla_dell* le_due_lettere deutsche_endung
deutscher_endung deutschen_endung endung_fur_deutschland ende_wie_deutschland am_schluss_wie_immer_in_deutschland
am_ende_wie_immer_in_deutschland wie_immer_in_deutschland zwei_buchstaben_fur terminaison_francaise extension_francaise
extension_de_la_france deux_lettres_de fr_au_bout com_au_bout fr_a_la_fin dos_letras_de termina_como acaba_como
terminacion_espanola y_al_final_es
"""
_KEY = "altgr alt_gr q_taste touche_du_0 touche_0 zeichen_auf_der_q"
_YOUR_ADDRESS = """
your_mail your_e_mail your_email your_mail_address your_email_address address_you_log_in e_mail_you_use
swoj_mail swojego_maila swoj_adres_mailowy adres_mailowy mail_do_siebie swoj_e_mail maila_do_siebie
sua_mail tua_mail sua_email tua_email suo_indirizzo_elettronico tuo_indirizzo_elettronico suo_indirizzo_mail
suo_indirizzo_email tuo_indirizzo_mail
ihre_mail ihre_mailadresse ihre_e_mail ihre_emailadresse deine_mail deine_mailadresse deine_e_mail deine_emailadresse
votre_mail votre_adresse_mail votre_e_mail ton_mail ton_adresse_mail votre_adresse_electronique
tu_correo su_correo un_correo_suyo un_correo_tuyo tu_mail su_mail tu_email su_email correo_electronico
"""
_HANDED_OVER = """
leave send give drop type put tell write may_i could_you
zostaw* podaj podac podeslij wpisz* wpisac napisz* wyslij przeslij
mette mi_metta lasci lascia mi_lasci dia mi_da mandi mi_mandi scriva scrivimi dammi
dalassen geben_sie schreiben_sie gib schreib schick schicken_sie nennen_sie hinterlass*
laisser laissez donner donnez ecrivez mettez envoyez donne laisse file
dice dime digame dame deme ponga pongame deja deje manda mande escriba apunta apunte
"""
_SO_THAT_NOBODY_SEES = """
with_spaces with_gaps spaced_out in_words with_a_star instead_of_the box_for_delivery delivery_notes
delivery_instructions
order_notes z_odstepami ze_spacjami slownie z_gwiazdka zamiast uwagach_do_zamowienia uwagi_do_zamowienia
con_spazi con_gli_spazi a_parole al_posto stellina asterisco note_di_consegna note_per_il_corriere
leerzeichen in_worten sternchen statt_des anstelle lieferhinweis* lieferanweisung*
avec_des_espaces en_toutes_lettres a_la_place etoile asterisque instructions_de_livraison perso
separado separada con_espacios en_letras en_vez_de asterisco notas_de_entrega
"""
_FILTERS = """
their_robot the_robot robot_nie zeby_robot bot_nie algorithm* algorytm* zensur cenzur* censur* censor* spam_filter
so_the_filter so_that_the_filter zeby_filtr cosi_il_filtro perche_il_filtro damit_der_filter damit_das_system
pour_que_le_filtre pour_que_leur_robot para_que_el_filtro para_que_el_robot
"""
_SEE = """
notice notices spot spots catch catches see sees delete deletes eat eats cut cuts block blocks zauwaz* wylapi*
wytnie wycin* skasuj* zablok* accorg* blocc* cancell* oscura merkt mitkriegt erwischt loscht schwarzt frisst blockiert
voit attrap* bloqu* supprim* remarqu* vea note pille pillen borr* tape tapen corte
"""
_HIDDEN = """
digit* nought zero number address spell* cyfr* cyfer* zero numer* adres* cifr* indirizzo ziffer* nummer adresse
chiffre*
numero direccion
"""
#: where a sentence goes on with what is done with the sign, or ends: these two words also meet by accident
_THE_AT = "_the_at(?=[.,]|_(?:comes|goes|stands|write|put|sign|symbol)(?![a-z0-9]))"

MAILBOXES: tuple[Hint, ...] = (
    hint("a mailbox by its parts", _FIRST_AND_LAST)._replace(before=0, behind=0),
    hint("a mailbox by its parts", _BESIDE_SIGN)._replace(before=0, behind=0),
    hint("a mailbox by its parts", "before after behind in_front_of instead_of", then=_THE_AT)._replace(
        before=0, behind=0
    ),
    hint("a mailbox by its parts", _SIGN, DOTS + UNDERSCORE)._replace(before=60, behind=90, in_sentence=False),
    hint("a mailbox by its parts", _MONKEY, _BESIDE_MONKEY)._replace(before=60, behind=90, in_sentence=False),
    hint("a mailbox by its parts", f"{_SIGN} {_MONKEY} {_RINGS}", ENDINGS)._replace(
        before=40, behind=140, in_sentence=False
    ),
    hint("a mailbox by its parts", f"{_SIGN} {_MONKEY} {_RINGS}", _PROVIDER)._replace(
        before=40, behind=60, in_sentence=False
    ),
    hint("a mailbox by its parts", _PROVIDER, ENDINGS)._replace(before=40, behind=60),
    hint("a mailbox by its parts", _KEY, UNDERSCORE + _PROVIDER + ENDINGS)._replace(before=80, behind=100),
    hint("a mailbox by description", _BY_DESCRIPTION, _BOX)._replace(before=60, behind=60),
    hint("a mailbox by description", _BY_DESCRIPTION, ENDINGS + _WRITTEN_TOGETHER)._replace(before=60, behind=90),
    hint("a mailbox by the same name", _NAMES_TOGETHER, _WRITTEN_TOGETHER, f"{_MAILBOX} {_PROVIDER}")._replace(
        before=90, behind=110
    ),
    hint("asked for", _YOUR_ADDRESS, _HANDED_OVER, _SO_THAT_NOBODY_SEES)._replace(
        before=110, behind=130, in_sentence=False
    ),
    hint("a mailbox by its parts", f"{_SIGN} {_MONKEY} {_RINGS} {_LITTLE_MONKEYS}", _BEHIND_WWW)._replace(
        before=90, behind=90, in_sentence=False
    ),
    hint("round the filter", _FILTERS, _SEE, _HIDDEN)._replace(before=60, behind=40),
)
