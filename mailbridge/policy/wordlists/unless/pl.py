"""What makes Polish sentences honest ones for the checks of wording: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

UNLESS = {
    "advertising": phrases("""
        pytał*/pytali/zapytał*/prosił*/prosili/wspominał*
        zgodnie z (państwa) (pana) (pani) prośbą/pytaniem/życzeniem
        zwrot*/wymian*/wymien*/zamiast/zamiennie/zastępcz*
        reklamacj*
    """),
    "coupon": phrases("""
        użył*/użyty*/użyli/wykorzystał*/wykorzystany*/zrealizowan*/wpisał*/pytał*
        naliczon*/uwzględnion*/odliczon*
        wygasł*/nieważn*/nieaktywn*/przeterminowan*
        do tego zamówienia
        za/do/w to/tego/tym zamówienie/zamówienia/zamówieniu
        kod pocztow*
    """),
    "review_request": phrases("""
        ocen*/ocenę stanu/uszkodz*/energetyczn*/jakości/techniczn*
        komentarz* do (tego) zdjęc*
        na zdjęci*
        rzeczoznawc*/ekspert*/serwisu
        wystawił*/wystawiona/napisał*/zostawił*/ocenił*
        reklamacj*
    """),
    "opt_out_request": phrases("""
        wypisaliśmy/wypisałem/wypisałam
        został*/zostali wypisan*
        zgodnie z (państwa) (twoją) prośbą
    """),
    "steering_off_market": phrases("""
        przez/poprzez/za-pośrednictwem/na/w/wewnątrz (pośrednictwem) (czat) (wiadomości) (platformę) (konto)
            (formularz*) (serwis*) (panel*) <market>/wiadomości/wiadomościach/panelu/panel/czacie/czat
        przez/w .. <market>
        na <market>
        przez/poprzez/w/za-pośrednictwem wiadomości/wiadomościach/panelu/panel/czacie/czat
        odpowiedz/odpowiedzieć/odpisać/odpisz na tę/tą/ten
        tutaj na czacie
        kurier*/przewoźnik*/poczt*/pani-bank/pana-bank/państwa-bank/bank-potrzebuje/producent*/
            serwisant*/dhl/dpd/ups/gls/inpost
        jeśli/jeżeli/gdyby/gdy/kiedy .. (pan) (pani) (państwo) (się) (już) (jednak) rezygnuj*/rozmyśl*/chce/chcesz/
            chcą/zdecyduj*/woli/wolisz/wolą/życz* (pan) (pani) (państwo) (anulować)
        nie potrzebuj*/chcesz/chce/chcą
        zgodnie z (państwa) (twoją) (pana) (pani) prośbą
        prosił*/prosili/pytał*/życzeni*
        oszust*/oszuści/wyłudz*/phishing/ostrzeg*/uważaj*
        regulamin*/zabroni*/zakaz*
    """),
    "steering_off_market.cancel": phrases("""
        jeśli/jeżeli/gdyby/gdy/kiedy .. (pan) (pani) (państwo) (się) (już) (jednak) rezygnuj*/rozmyśl*/chce/chcesz/
            chcą/zdecyduj*/woli/wolisz/wolą/życz*
        nie potrzebuj*/chcesz/chce/chcą
        w przypadku/razie
        zgodnie z (państwa) (twoją) (pana) (pani) prośbą
        prosił*/prosili/pytał*/życzeni*
    """),
    "repeats_market_notice": phrases("""
        niestety
        przepraszam*/przeprosi*
        opóźni*/opoźni*/spóźni*/później
        problem*/błąd/błęd*/pomyłk*/uszkodz*/brak/brakuj*/brakuje/zagubi*/zaginę*/wad*/reklamacj*/pęk*/stłuc*
        zwrot*/zwróc*/wymian*/wymien*/anul*/rezygn*
        pytani*/pyta*/prosił*/prosił/prośb*/wniosek
        proszę/prosimy (o) (państwa) potwierdz*/informacj*/podać/podanie/wybrać/wybór/wskaz*/odpowiedź/kontakt/
            sprawdz*/przesłanie/wiadomość/odpis*
        czy
        zgodnie z/ustal*
        kolor*/rozmiar*/grawer*/personaliz*
        przed pierwszym/użyciem/montażem/użytkowani*
        cło/celn*/odpraw*
    """),
}
