"""Hints of money that goes past the market by hand or by code: notes in a parcel, cash instead of the order, codes of
vouchers and banks, coins in slang, accounts in parts. Data for `hints.py`, in en, pl, it, de, fr and es, in plain
letters.
"""

from mailbridge.policy.hints import Hint, hint, one_of

_NOTES = """
cash in_notes in_bank_notes bank_notes banknotes fivers tenners twenties in_readies
gotowk* gotoweczk* banknot* stowke stowki stowka stowek dyche dychy piecdziesiatk*
contanti banconot*
bargeld geldschein* scheine fuffi* fufzig* zwanni* hunni*
en_billets billets_de_banque biftons en_liquide en_especes
billetes_de_banco en_billetes en_efectivo pavos
"""
#: words for money, and so much of it, which are handed over where they stand behind a verb of it
_SUMS = """
money the_money quid bucks tenner fiver pounds dollars euro euros eur kase kasa kaske pieniadze zl zlotych zlote soldi
euri geld balles sous l_argent dinero pasta pelas
"""
_SUM_BEHIND = (
    "(?:_(?!(?:for|per|za|fur|pour|por|mit|with|z|con|avec|zum|ab|from|od|da|de|until|it|es|lo|la|le)_)[a-z0-9]{1,14})"
    f"{{0,4}}_{one_of(_SUMS)}"
)
_PUT_IN = """
tuck tucks slip stick pop put drop hide slide include enclose enclosed mail post send fold folded
wloz* wlozyc wrzuc* wsun* wsad* schowa* daj dam zapakuj* przysl* wysl* nadaj*
metta metti metto mettere infili infila infilo nasconda spedisca mandi mandami invii allego
steck* stecken steckst leg legen lege packen pack schieb* schick* sende kleb*
glisse glisser glissez mets mettez mettre cache* envoie envoyez poste postez
mete metes meto meter meta metale metame ponga pon pones envia envie manda mande mandas esconde cuela
"""
_CONTAINER = """
envelope letter between_the_pages between_pages inside_a_book inside_the_book in_a_book in_the_manual in_a_card
birthday_card greeting_card in_the_parcel inside_the_parcel in_the_box inside_the_box in_the_return in_with_the_return
letterbox letter_box jiffy
kopert* w_liscie listem w_paczce do_paczki do_pudelka w_pudelku miedzy_kartk* miedzy_stron* do_ksiazki w_kartce
do_kartonu w_kartonie do_skrzynki_na_listy
busta bustina nella_lettera in_una_lettera per_lettera fra_le_pagine tra_le_pagine dentro_al_pacco dentro_il_pacco
nel_pacco nella_scatola in_un_libro cartolina cassetta_delle_lettere biglietto_d_auguri
umschlag* im_brief in_einen_brief in_einem_brief per_brief zwischen_die_seiten zwischen_den_seiten in_eine_karte
in_einer_karte ins_paket in_das_paket im_paket in_den_karton in_ein_buch briefkasten gluckwunschkarte
enveloppe dans_une_lettre dans_un_courrier par_courrier entre_les_pages dans_une_carte dans_le_colis dans_un_colis
dans_la_boite entre_deux_cartons dans_un_livre boite_aux_lettres
sobre sobrecito en_una_carta por_carta entre_las_paginas en_el_paquete dentro_del_paquete en_la_caja en_un_libro
en_una_tarjeta buzon
"""
#: money that is given back, and what else lies in parcels
_NOT_ASKED = """
return_label gift receipt invoice voucher paragon faktur* scontrino fattura gutschein rechnung facture recu factura
ticket*
concert biglietti_del cinema cash_back cash_register play_money toy* zabawk* giocattol* spielgeld jouet* juguete*
"""
_HAND = """
cash_in_hand cash_on_collection cash_when cash_in_person cash gotowk* gotoweczk* do_reki do_raczki do_lapki na_reke
do_lapy contanti in_mano cash_alla_consegna bargeld bar_auf_die_hand auf_die_hand auf_die_kralle cash_auf especes
en_liquide de_la_main_a_la_main biftons en_main_propre_en en_efectivo en_mano en_metalico a_tocateja
"""
#: nothing shall be bought here
_NOT_HERE = """
cancel_the_order cancel_your_order cancel_the_purchase cancel_the_sale cancel_it_here cancel_it_on_here cancel_here
cancel_on_here cancel_this_order rather_not_go_through_the_checkout skip_the_checkout skip_the_basket leave_the_basket
don_t_go_through_the_checkout don_t_press_buy don_t_click_buy don_t_hit_buy without_pressing_buy don_t_confirm
forget_the_checkout instead_of_the_checkout not_through_the_site instead_of_through_the_site
zakup_tutaj_niech anuluje_pan* anuluj_zakup anuluj_zamowienie anulujmy anulujemy anulowac_zakup anuluje_pani_zakup
niech_pani_anuluje niech_pan_anuluje nie_klikaj_kup nie_klikac_kup prosze_nie_klikac bez_klikania bez_koszyka
zamiast_koszyka rezygnacje_tutaj kliknie_rezygnacj* niech_pan_zrezygnuje_tutaj bez_kupowania_tutaj
annulli_l_ordine annulli_l_acquisto annulla_l_ordine annulla_l_acquisto annulliamo annullare_l_acquisto
lasci_stare_il_carrello
lascia_stare_il_carrello senza_carrello non_prema_compra non_clicchi_su_acquista non_confermi_l_acquisto
non_compri_qui salti_il_carrello
kauf_hier_ab kauf_abbrechen brich_den_kauf brechen_sie_den_kauf stornieren_sie storniere_den_kauf stornier_das
auf_den_kauf_button kauf_button_brauch* nicht_auf_kaufen klick_nicht_auf_kaufen klicken_sie_nicht_auf ohne_warenkorb
statt_warenkorb statt_uber_die_kasse nicht_uber_die_kasse nicht_uber_den_warenkorb
annule_la_vente annulez_la_vente annule_la_commande annulez_la_commande j_annule_la ne_validez_rien ne_valide_rien
vous_ne_validez_rien tu_ne_valides_rien ne_validez_pas ne_cliquez_pas_sur_acheter n_appuyez_pas_sur_acheter
sans_passer_par_le_panier sans_valider
cancela_el_pedido cancele_el_pedido cancela_la_compra cancele_la_compra cancelamos_el_pedido anula_la_compra
anule_la_compra anulamos no_le_des_a_comprar no_le_de_a_comprar no_pulses_comprar no_compres_por sin_darle_a_comprar
sin_pasar_por_el_carrito deja_el_carrito
"""
_INSTEAD = """
cash money bank_transfer pay_me pay_you in_hand directly sort_code account notes
gotowk* kase do_reki do_lapki stowk* przelew* pieniad* konto rozlicz* bezposrednio
contanti soldi in_mano bonifico accordiamo direttamente
bargeld geld uberweis* fuffi* zwanni* direkt auf_die_hand
especes liquide virement balles en_direct directement
efectivo en_mano dinero pavos transferencia directamente cuenta
"""
_RETURNED = """
refund* return* reimburs* by_mistake zwrot* zwroc* zwrac* pomylk* reklamac* rimbors* reso errore erstatt* ruckerstatt*
zuruck gutschr* versehen* rembours* retour* erreur reembols* devol* devuel* por_error out_of_stock
on_delivery za_pobraniem pobrani* contrassegno nachnahme contre_remboursement contrareembolso
again reorder new_order ponown* od_nowa jeszcze_raz nuovo rifaccia rifare di_nuovo neu nochmal noch_einmal erneut
recommand* nouvelle_commande de_nouveau de_nuevo otra_vez nuevo_pedido
"""
_BUY = """
buy get purchase grab pick_up pay_with kup* kupi* kupic zaplac* compr* comprare prenda prendi prendere acquist*
kauf* hol* besorg*
besorgen achet* achetez prenez prends passez compra compre comprar compras coja cojas
"""
_VOUCHERS = """
gift_card gift_cards giftcard* gift_voucher steam_card steam_cards steam_voucher* itunes_card* apple_card*
google_play_card*
amazon_card* amazon_voucher* xbox_card* paysafe* paysafecard* top_up_card* top_up_voucher
karta_podarunkow* karte_podarunkow* karty_podarunkow* kart*_steam kart*_google kod_doladowania doladowani*
bon_podarunkow*
kart*_paysafe kart*_amazon
carta_regalo carte_regalo buono_regalo buoni_regalo buono_da buoni_da un_buono buono_amazon carta_steam carte_steam
carta_google
geschenkkart* gutscheinkart* guthabenkart* guthabencode* steam_kart* google_play_kart* amazon_kart* amazon_gutschein*
prepaid_kart* aufladekart*
carte_cadeau cartes_cadeaux carte_prepayee carte_steam cartes_steam coupon_pcs recharge_pcs transcash neosurf
une_recharge
ticket_de_recharge des_recharges
tarjeta_regalo tarjetas_regalo tarjetita_regalo tarjeta_de_regalo tarjeta_prepago tarjeta_steam tarjetas_steam
tarjeta_google bono_regalo
"""
_CODE_TO_ME = """
send_me send_me_the send_me_a text_me tell_me read_me give_me_the show_me
podaj* wyslij* przeslij* podyktuj* dyktuj* zdjecie_kodu napisz_mi
mandi mandami mi_mandi mi_mandate invii inviami mi_invii mi_detti dettami dettarmi mi_ricopi ricopiami mi_scriva
mi_dia mi_dica mi_legga
schick_mir schicken_sie_mir sende_mir senden_sie_mir sag_mir sagen_sie_mir gib_mir lies_mir nenn_mir nennen_sie_mir
durchgeben schreib_mir
envoie_moi envoyez_moi donne_moi donnez_moi dis_moi dites_moi m_envoyez dicte_moi dictez_moi
mandame mandeme enviame envieme dime digame decirme pasame paseme dictame dicteme mandarme enviarme
"""
_CODES = """
code codes digits scratch* back backs pin letters
kod kody kodu cyfr* cyfer* zdrap*
codice codici cifre gratt* lettere
ziffer* rubbel* freirubbel* zahlencode buchstaben
chiffres gratt* lettres
codigo codigos cifras rasca* rascar rasque letras
"""
_BANK_CODES = """
bank_app banking_app code_from_the_bank code_from_your_bank kod_blik kod_blika kod_do_blika apke_banku apce_banku
apki_banku
apka_banku aplikacj*_bank* appk*_bank* app_della_banca sparkassen_app tan_nummer push_tan smstan code_der_bank
appli_de_la_banque
appli_bancaire app_del_banco aplicacion_del_banco one_time_code otp code_recu_par_sms code_par_sms codice_via_sms
codice_sms codice_otp codigo_del_banco codigo_sms
"""
_DICTATE = """
dictate read_me tell_me send_me give_me podaj_mi poda_mi dyktuj* podyktuj* dyktuje podac_mi wyslij_mi rzuc
detti dettami mi_detti mi_dia mi_mandi dammi mi_legga diktier* lies_mir lesen_sie_mir gib_mir geben_sie_mir sag_mir
durchgeben dicte* dictez donne_moi donnez_moi envoie_moi envoyez_moi dicta* dime digame dame pasame mandame
"""
_SIX = """
code codes digits six_digits kod kodu kodzik cyfr* cyfer* codice cifre sei_cifre code ziffern zahlen tan chiffres
codigo cifras numeros
"""
_SLANG_COINS = """
corn_or_tether tether tethers tethr usdt usdc trc20 trc_20 trc_rails erc20 bep20 red_del_tron rete_tron siec_tron sats
satoshi* bitcoin* btc monero xmr litecoin orange_coin coin_with_the_b munze_mit_dem_b orangene_munze orange_munze
monet*_z_b moneta_con_la_b piece_orange moneda_naranja crypto krypto kryptowalut* kryptowahrung* criptovalut*
criptomoned*
cryptomonnai* cryptos digital_gold
"""
_TAKEN = """
accept accepts take takes hold knock discount pay paid prefer preferred rails wallet cheaper my_address
przyjm* przyjme biore akceptuj* zaplac* rabat* taniej portfel* zejde opuszcze
accett* prendo pago pagar* sconto portafoglio wallet indirizzo
nehme nehm akzeptier* zahl* bezahl* rabatt nachlass geldborse wallet
accepte accept* prends payer paie remise portefeuille
acepto acepta* admito cojo pagar* descuento rebaja monedero cartera direccion
"""
_NOT_COINS = (
    "hardware ledger trezor return* poster logo popcorn mug maize sweet sticker naklejk* mining miner kubek tasse"
)
_SORT = "sort_code sort_is sortcode"
_ACCOUNT = "account the_other_one name_of eight_digits"
_DIGIT_WORDS = "zero nought double one two three four five six seven eight nine"
_BRANCH = "guichet code_guichet"
_BETWEEN_US = """
between_us between_ourselves just_us_two miedzy_nami miedzy_soba fra_noi tra_noi fra_di_noi tra_di_noi unter_uns
zwischen_uns entre_nous entre_nosotros private_deal poza_portalem por_fuera
"""
_SETTLE = """
settle sort_it do_it pay arrange deal transfer rozliczmy rozliczymy zalatwmy zalatwimy zaplac* dogadamy chiudiamo
regoliamo sistemiamo paghi pagare ci_accordiamo regeln machen_wir abwickeln zahlen bezahlen reglons arrangeons on_regle
on_s_arrange payer arreglamos lo_hacemos pagamos pagar nos_apanamos
"""
_CHEAPER = """
cheaper fees fee commission their_cut their_slice saves save taniej prowizj* zejde opuszcze oszczedz* sconto
commission*
meno risparmi* la_loro_fetta gunstiger billiger gebuhr* provision* ersparen sparen moins_cher frais remise
economis* mas_barato comision* descuento ahorr* su_parte
"""

CASH: tuple[Hint, ...] = (
    hint("cash", _NOTES, _PUT_IN, _CONTAINER, unless=_NOT_ASKED)._replace(before=60, behind=70),
    hint("cash", _PUT_IN, _CONTAINER, then=_SUM_BEHIND, gate=_SUMS, unless=_NOT_ASKED)._replace(before=20, behind=60),
    hint("cash", _HAND, _NOT_HERE, unless=_RETURNED)._replace(
        before=110, behind=110, in_sentence=False, may_be_denied=False
    ),
    hint("outside", _NOT_HERE, _INSTEAD, _CHEAPER + _HAND + _NOTES, unless=_RETURNED)._replace(
        before=110, behind=130, in_sentence=False, may_be_denied=False
    ),
    hint("outside", _BETWEEN_US, _SETTLE, _CHEAPER)._replace(before=90, behind=90, in_sentence=False),
    hint("voucher", _VOUCHERS, _CODE_TO_ME, _CODES, _BUY)._replace(before=90, behind=120, in_sentence=False),
    hint("account", _BANK_CODES, _DICTATE, _SIX)._replace(before=60, behind=70),
    hint("coin", _SLANG_COINS, _TAKEN, unless=_NOT_COINS)._replace(before=50, behind=50),
    hint("account", _SORT, _ACCOUNT, _DIGIT_WORDS)._replace(before=30, behind=130, in_sentence=False),
    hint("account", _BRANCH, "compte", "cle")._replace(before=60, behind=90, in_sentence=False),
)
