"""Hints of payment past the market: services between friends, accounts, cash and coins, with what shows that they are
wanted instead of the market's checkout. Data for `hints.py`, in en, pl, it, de, fr and es, in plain letters.
"""

from mailbridge.policy.hints import Hints, hint, one_of
from mailbridge.policy.hints_of_cash import CASH
from mailbridge.policy.hints_of_dealings import DEALINGS

_PAYPAL = "paypal* pay_pal* paj_pal* pajpal* pepal pai_pal* paipal* peipal* pejpal* paipol pp ppal"
_AS_WORDS = """
an as a to for per via come comme como jako dla do fur tra entre opcja option opcion modalita modalidad en de in
mode the
gli i les los modus
"""
_AS = f"(?:_{one_of(_AS_WORDS)})"
_FRIENDS = """
friends mates f_f ff f_and_f fnf friends_and_family znajomych przyjaciol rodziny amici parenti famiglia freunde
freunden
friends_family amis proches amigos familiares
"""
#: services between people, that no market's checkout has
_APPS = """
revolut* revo revolu rewolut* rewolucik* re_vo_lut venmo* cashtag cash_app cashapp zelle wero lydia satispay* satispo
bizum* bisum twint* paylib monzo moneybeam
"""
#: whom the money reaches there
_TAGS = """
dollar_sign dollar_then tag r_tag rtag handle at_sign with_the_at with_an_at at_in_front malpka malpa arroba
mi_arroba etichetta etiqueta
mein_tag mon_tag mi_etiqueta mio_tag kasa_moze_isc kasa kase money_can_go money_to pod_numer* pod_tym_numerem
mi_trova_in_rubrica in_rubrica under_my_number to_my_number link_to_pay auf_meine_nummer an_meine_nummer sur_mon_numero
a_mi_numero a_este_numero tu_m_envoies vous_m_envoyez lo_pago_por
"""
_BY_WISE = "by_wise via_wise on_wise with_wise through_wise przez_wise per_wise mit_wise con_wise par_wise por_wise"
_HAVE_YOU = """
do_you_have do_you_use do_you_take have_you_got are_you_on what_s_your whats_your masz macie ma_pan ma_pani
uzywasz hai avete usi usate sei_su hast_du hast haben_sie habens habt_ihr haste nutzt_du nutzen_sie geht ginge tu_as
t_as
avez_vous vous_avez auriez_vous utilisez_vous tienes tiene teneis usas gastas manejas tendras
"""
_ARTICLES = "(?:_(?:the|a|an|by_any_chance|moze|lo|il|un|das|ein|auch|le|la|el|so))"
_AT_END = r"(?=(?:_)?(?:[.,\n]|$|_(?:or|oder|o|ou|lub|albo|czy|by)_))"
#: a payment from one to the other
_TO_EACH_OTHER = """
pay_you send_you pay_me send_me i_ll_pay i_can_pay i_could_pay transfer_you transfer_me send_it_by send_it_via
to_you_by
drop_me wire_you can_i_send could_i_send happy_to_send puszcze puszczam przesle wysle_ci wysle_pani wysle_panu zaplace
przeleje rzuce rzuc podam podesle przelej puscic puscisz poslac poslij ci_mando ti_mando ti_pago ti_faccio le_faccio
ti_invio le_invio mi_fai mi_faccia mandami inviami pagami ti_va_se posso_mandar* posso_inviar* posso_pagarti se_te_li
schick_dir schick_ich schicke_dir schick_mir schicken_sie_mir zahl_dir sende_dir uberweise_dir uberweis_dir
sende_ihnen zahle_ihnen uberweise_ihnen ich_zahle_per ich_zahl_per je_te_fais je_vous_fais tu_me_fais vous_me_faites
fais_moi faites_moi je_te_paie je_te_regle je_vous_regle je_vous_paie t_envoie vous_envoie te_hago le_hago me_haces
me_hace hazme hagame te_paso te_mando te_pago le_pago te_envio te_suelto mandame pasame te_lo_pago
"""
#: what the market takes, to be kept
_SAVED = """
fees commission* percent prowizj* bez_prowizji koszt*_obslugi oszczedz* senza_commission* commission* ci_mangia
risparmi*
gebuhr* provision* ohne_abzug ohne_gebuhr* sans_frais economis* comision* recargo ahorr* taniej zejde schodze opuszcze
odejme sconto scendo gunstiger billiger rabatt nachlass remise laisserais laisse_a descuento te_lo_dejo se_lo_dejo
se_la_pongo cheaper spare_us checkout_hold czekania_na_wyplat* aspett* surcharge
"""
#: the order undone by agreement, or the market named as the other way
_UNDONE = """
we_cancel i_cancel you_cancel we_can_cancel cancel_the_order_on_here cancel_it_on_here anulujemy klikniemy
klikniemy_rezygnacj* rezygnujemy annulliamo lo_annulliamo brechma brechen_wir_ab stornieren_wir on_annule on_annulera
on_zappe on_zappera nous_annulons tachamos anulamos cancelamos borramos_el_anuncio che_passare_dal_sito
instead_of_the_site rather_than_the_site instead_of_through_the statt_uber_die zamiast_przez zamiast_na_portalu
invece_che_dal_sito plutot_que_le_site plutot_que_par_le en_vez_de_por_la en_lugar_de_la_web
"""
_OTHERWISE = """
por_la_pagina por_la_web uber_die_seite par_le_site przez_portal przez_strone tramite_il_sito sul_sito_sono
through_the_site on_the_site no_waiting poza_ta_strona poza_portalem
"""
_ACCOUNT = """
iban rib r_i_b i_b_a_n sort_code account_number bank_details account_details numer_konta nr_konta numer_rachunku
dwadziescia_szesc_cyf* 26_cyf* coordinate coordinate_bancarie codice_iban kontonummer kontodaten bankverbindung
bankdaten de_nummer girokonto coordonnees_bancaires numero_de_compte numero_de_cuenta datos_bancarios
"""
_HANDED_OVER = """
give_me send_me let_me_have what_s_your let_you_have send_you give_you podaj podaj_mi rzuc przeslij wyslij
podesle podam podac_ci le_fornisco ti_mando le_mando ti_do le_do mandami mi_mandi dammi mi_dia passami gib_mir
geben_sie_mir
schick_mir schicken_sie_mir sag_mir gebe_dir gebe_ihnen schicke_ihnen schicke_dir balance envoie* envoyez donne*
donnez file_moi passe_moi filez je_vous_donne je_vous_envoie pasame paseme dame deme mandame te_doy le_doy le_paso
te_paso
"""
_TO_BE_PAID = """
pay_you pay_directly settle_direct* pay_direct* directly i_ll_transfer i_ll_wire i_ll_pay transfer_it_now wysle zaplace
przeleje zrobie_przelew puszcze oplac* bezposrednio fra_noi fra_di_noi tra_noi direttamente faccio_il_bonifico
faccio_un_bonifico ti_faccio pago_subito bonifico_diretto direkt uberweise* uberweis_ich zahle_ich zahl_ich
ist_das_geld
dann_ist_das_geld je_te_regle je_vous_regle je_paie je_te_fais je_vous_fais virement_direct en_direct direct
directement
te_suelto te_pago le_pago te_hago le_hago te_ingreso le_ingreso te_transfiero directamente entre_nosotros
"""
_COMES_BACK = """
refund* return* reimburs* zwrot* zwroc* zwrac* oddam_pieni* rimbors* reso erstatt* ruckerstatt* zuruck gutschr*
rembours*
reembols* devol* devuel* devuelv* invoice_only
"""
_TRANSFER = """
transfer bank_transfer direct_transfer przelew przelewik* przelewem przelewie przelewu na_konto bonifico bonifica*
uberweisung uberweisen uberweise uberweis uberwiesen_sie virement virer transferencia ingres*
"""
_STRAIGHT = """
to_my_account to_my_bank into_my_account account_to_account direct_to_me directly_to_me na_moje_konto na_moj_rachunek
z_konta_na_konto prosto_na_konto bezposrednio sul_mio_conto al_mio_conto direttamente_a_me da_conto_a_conto
auf_mein_konto auf_mein_girokonto direkt_auf_mein von_konto_zu_konto auf_unser_konto de_compte_a_compte sur_mon_compte
directement_sur a_mi_cuenta en_mi_cuenta en_la_cuenta_del_banco de_cuenta_a_cuenta directamente_a
"""
_PAID_ALREADY = """
paid bezahlt zaplacilam zaplacilem zaplacon* pagato pague he_pagado j_ai_paye paye_avec receipt ricevuta rechnung recu
card karte karta carta tarjeta carte on_the_site on_the_platform por_la_web en_la_web uber_die_seite na_stronie
sul_sito
sur_le_site
"""
_ARRIVED = """
arrived received dotar* wplyn* zaksieg* arrivat* ricevut* angekommen eingegangen erhalten recu llegado recibid* danke
thank* dziek* grazie merci gracias
"""
_CASH = """
cash(?!_back) in_folding_stuff folding_stuff readies gotowk* gotoweczk* do_reki do_raczki do_lapki contanti in_mano
in_contanti
bargeld auf_die_hand especes en_liquide biftons en_efectivo en_mano en_metalico
"""
_COINS = """
bitcoin* btc crypto krypto* cripto* usdt tether* tethr ethereum eth satoshi* sats monero litecoin dogecoin
"""
_IN = "in in_a by with via w mit per con en or or_some o auch_in anche_in oder"
_PAID_IN = """
pay pays paying take_it_in would_u_take would_you_take i_d_take zaplacic zaplacisz zaplace zaplata placisz place
przyjm*
accett* pagar pagare pago pagas pagarla nehme zahlen zahlst zahl bezahlen payer paie regler accepte acepto aceptamos
"""
_MY_WALLET = """
to_my_wallet in_my_wallet into_my_wallet in_meine_wallet in_mein_wallet w_moim_portfelu do_mojego_portfela
nel_mio_wallet sul_mio_wallet na_moj_portfel sul_mio_portafoglio nel_mio_portafoglio auf_meine_wallet auf_mein_wallet
sur_mon_portefeuille a_mi_monedero a_mi_cartera en_mi_monedero
"""
_WALLET_SOLD = "hardware ledger trezor return* poster logo"
_NOT_POSSIBLE = (
    "cannot can_t never nie_moge nie_mozemy nie_mozna nicht_moglich non_posso non_possiamo ne_peux ne_pouvons"
)
_THERE = "postepay carta_gialla poste_pay"
#: to a telephone number
_TOWARDS = (
    "to|on|at|via|na|numer|nr|telefon|al|a|su|numero|an|auf|die|nummer|sur|au|le|numero|el|me|my|mein|meine|mio|mon|mi|the|moj|"
    "this|number|que|es|is|ist|jest|pod"
)
_SPOKEN_DIGITS = (
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|piec|szesc|siedem|osiem|dwa|trzy|cztery|tre|quattro|cinque|sei|sette|"
    "otto|null|eins|zwei|drei|vier|funf|sechs|sieben|acht|neun|trois|quatre|cinq|sept|huit|neuf|seis|siete|ocho|nueve|tres|"
    "cuatro|cinco"
)
_DOT, _SLASH = "dot|punkt|kropka|punto|point", "slash|ukosnik|lamane|schragstrich|barra|barre|sbarra|stroke"
_GIFT = "as_a_gift als_geschenk jako_prezent jako_podarunek come_regalo comme_cadeau comme_un_cadeau como_regalo"
_NO_FRIENDS = "never buyer_protection_only goods_and_services only_goods"
_MY_ACCOUNT = """
my_bank_details our_bank_details my_account_details my_account_number my_iban our_iban my_sort_code my_bank_account
moj_numer_konta moje_konto nasz_numer_konta moj_iban moj_rachunek moje_dane_do_przelewu dane_do_przelewu
mio_iban nostro_iban mie_coordinate nostre_coordinate mio_conto coordinate_bancarie
meine_bankverbindung unsere_bankverbindung meine_iban unsere_iban meine_kontonummer meine_kontodaten meine_bankdaten
mon_iban notre_iban mon_rib notre_rib mes_coordonnees_bancaires mon_compte_bancaire
mi_iban nuestro_iban mi_cuenta_bancaria mi_numero_de_cuenta mis_datos_bancarios nuestra_cuenta
"""
_I_GIVE = """
i_ll_send i_ll_give i_can_send i_can_give i_ll_text i_ll_message i_send_you send_you let_you_have here_is here_are
podam podaje wysle przesle podesle moge_podac moge_wyslac oto le_mando le_do le_invio ti_mando ti_do ti_invio
posso_darle
posso_mandarle eccole ecco gebe_ich_ihnen gebe_ihnen schicke_ihnen schicke_ich_ihnen schicke_dir gebe_dir geb_ich_dir
kann_ich_ihnen sende_ihnen bekommen_sie je_vous_donne je_vous_envoie je_te_donne je_t_envoie je_vous_transmets voici
te_paso te_mando te_doy le_paso le_mando le_doy le_envio te_envio aqui_tiene le_apunto
"""
_FEES = """
fee fees commission commissions their_cut their_share their_slice prowizj* oplaty_serwisu commissioni commissione
la_loro_fetta trattenuta provision verkaufsprovision gebuhr gebuhren frais commission comision comisiones su_parte
su_tajada
"""
_SPARED = """
save saves saving avoid avoids skip spare dodge without oszczedz* omin* omij* unikn* bez risparm* evit* salt* senza
sparen spar
spart umgeh* ersparen ohne economis* evite sans ahorr* ahorro me_ahorro sin
"""
_BY_HAND = """
pay_me pay_us bank_transfer by_transfer transfer_to to_my_account to_my_bank cash paypal przelew przelewem na_konto
gotowk*
bonifico contanti sul_conto uberweisung uberweisen uberweis uberweist bargeld bar_zahlen virement especes en_liquide
transferencia en_efectivo en_mano
"""
_NOT_FEES = """
shipping_fee delivery_fee customs import bank_charges late_fee celn* clo zoll zollgebuhr* versandgebuhr* dogan*
spedizione douan*
livraison aduana envio versandkosten wysylk*
"""
_WAYS = _APPS.replace(" lydia ", " ") + _BY_WISE + " un_lydia par_lydia via_lydia sur_lydia en_lydia"
_TOP_UP = "ricaric* accredit*"
#: a service by how it looks
_TWO_LETTERS = """
two_p two_ps double_p pair_of_ps blue_double_p both_ps dwa_p dwoma_p dwie_litery_p podwojne_p podwojnym_p due_p
con_due_p
doppia_p doppia_pi due_pi zwei_p zwei_ps doppel_p doppelten_p deux_p double_pe dos_p doble_p con_dos_p
blue_payment_app blue_pay_app blue_wallet niebiesk*_platnik* blauen_bezahl* blaue_bezahl* blauer_bezahl*
azzurro_dei_pagamenti
app_blu_dei_pagamenti appli_bleue_de_paiement app_azul_de_pagos
"""
_PAYS = """
pay pays payment blue wallet send transfer plac* platn* niebiesk* przelej przelew* pag* paga blu azzurr* mand* bezahl*
zahl*
blau* sende schick* pai* pay* bleu* envoie azul* pago mand*
"""

PAYMENTS = Hints(
    hint("friends", _PAYPAL, then=f"{_AS}{{0,4}}_{one_of(_FRIENDS)}")._replace(before=0, behind=0),
    hint("friends", "send_it_as_a_gift send_as_a_gift pay_as_a_gift as_friends_and_family", _PAYPAL)._replace(
        behind=40
    ),
    hint(
        "direct", _HAVE_YOU, then=f"{_ARTICLES}{{0,2}}_{one_of(_APPS + 'wise')}{_AT_END}", gate=_APPS + "wise"
    )._replace(before=0, behind=0),
    hint("direct", _WAYS, _TO_EACH_OTHER, unless=_COMES_BACK + _PAID_ALREADY)._replace(
        before=50, behind=44, in_sentence=False
    ),
    hint("direct", _WAYS, _TAGS, unless=_COMES_BACK + _PAID_ALREADY)._replace(before=50, behind=50),
    hint("direct", _WAYS, _SAVED, _HAVE_YOU, unless=_COMES_BACK)._replace(before=60, behind=70, in_sentence=False),
    hint("phone", "blik blikiem blika", then="_(?:na_fon*|na_telefon|na_numer|na_nr|na_tel|na_komork*)"),
    hint("card", _THERE, _TOP_UP)._replace(before=40, behind=40),
    hint("account", _ACCOUNT, _HANDED_OVER, _TO_BE_PAID, unless=_COMES_BACK)._replace(
        before=90, behind=90, in_sentence=False
    ),
    hint("account", _TRANSFER, _STRAIGHT, unless=_COMES_BACK + _NOT_POSSIBLE + _ARRIVED)._replace(before=40, behind=50),
    hint(
        "cash",
        _CASH,
        _UNDONE,
        unless=_COMES_BACK + _NOT_POSSIBLE,
    )._replace(before=90, behind=90, in_sentence=False, may_be_denied=False),
    hint("coin", _IN, _PAID_IN, then=f"_{one_of(_COINS)}", gate=_COINS, unless=_WALLET_SOLD)._replace(
        before=60, behind=30
    ),
    hint("coin", _IN, _MY_WALLET, then=f"_{one_of(_COINS)}", gate=_COINS)._replace(before=0, behind=40),
    hint("coin", _COINS, _MY_WALLET + _OTHERWISE, unless=_WALLET_SOLD)._replace(before=30, behind=60),
    hint("friends", _PAYPAL, _FRIENDS + _GIFT, unless=_PAID_ALREADY + _COMES_BACK + _NO_FRIENDS)._replace(
        before=50, behind=50
    ),
    hint("direct", f"{_WAYS} {_PAYPAL}", then=f"(?:_(?:{_TOWARDS})){{1,4}}_(?:[0-9]{{2}}|{_SPOKEN_DIGITS})")._replace(
        before=0, behind=0
    ),
    hint("link", f"{_PAYPAL} {_WAYS}", then=f"(?:_(?:{_DOT})_(?:me|m_e)|_(?:me|m_e)_(?:{_SLASH}))")._replace(
        before=0, behind=0
    ),
    hint("account", _MY_ACCOUNT, _I_GIVE, unless=_COMES_BACK)._replace(before=60, behind=60),
    hint("outside", _FEES, _SPARED, _BY_HAND, unless=_COMES_BACK + _NOT_FEES)._replace(
        before=90, behind=90, in_sentence=False, may_be_denied=False
    ),
    hint("coin", "coin coins monet* monete munzen krypto kryptos", _MY_WALLET, unless=_WALLET_SOLD)._replace(
        before=30, behind=40
    ),
    hint("direct", _TWO_LETTERS, _PAYS)._replace(before=60, behind=60),
    *CASH,
    *DEALINGS,
)
