"""What mails of buyers are about, in Polish: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

TOPIC = {
    "topic.question": phrases("""
        czy
        jak/jaki/jaka/jakie/kiedy/gdzie/ile/który/która/które/dlaczego
        mam pytanie
        pytanie o/dotyczące
        proszę o informację/potwierdzenie/odpowiedź
        chciałbym/chciałabym zapytać/wiedzieć
        dostępny/dostępna/dostępne/dostępność
    """),
    "topic.shipping": phrases("""
        wysyłk*/wysyłac*/wysłać/wysłan*/wysłal*
        przesyłk*
        paczk*/paczce
        paczkomat*/paczkomacie
        dostaw*/dostarcz*
        kurier*
        inpost/dpd/dhl/ups/gls/fedex
        numer śledzenia/przesyłki/listu
        śledzeni*/śledzić
        list przewozowy
        kiedy .. dojdzie/dotrze/przyjdzie/dostanę/otrzymam
        nie dotarł/dotarła/dotarło/doszedł/doszła/doszło/przyszedł/przyszła/przyszło
        nie otrzymałem/otrzymałam/dostałem/dostałam
        nadan*/nadać
        zmian* adresu
        punkt odbioru
        cło
    """),
    "topic.invoice": phrases("""
        faktur*
        fv
        nip
        paragon*/paragonie
        rachunek/rachunku
        dowód zakupu
        korekt*
        dane/danych firmy/firmowe/firmowych
    """),
    "topic.return": phrases("""
        zwrot*/zwrócić/zwracam/zwróciłem/zwróciłam
        odesłać/odsyłam/odeślę/odesłałem/odesłałam
        odstąpi*/odstępuję
        wymian*/wymienić/wymienię
        rezygn*/zrezygnować
        anulow*/anuluję
        pieniądze z powrotem
        zły/nieodpowiedni rozmiar
        za duży/duża/duże/mały/mała/małe
    """),
    "topic.complaint": phrases("""
        reklam*
        uszkodz*
        zepsut*/zepsuł*
        wadliw*/wada/wadę/wady
        pęknięt*/pękł*/stłuczon*/porysowan*/złaman*
        nie działa/działają/działał/działała/działało
        nie pasuje/pasują
        przestał/przestała/przestało działać
        brakuje/brakowało
        niekompletn*
        niezgodn* z
        zły/niewłaściwy/inny towar/produkt/kolor/model
        gwarancj*
        rękojmi*
        skarg*
        oszust*/podróbk*
        rozczarowan*/niezadowolon*/skandal
        zaginęł*/zaginion*
        dyskusj* na allegro
        nadal nie
        do tej pory nie
        rzecznik*/uokik/prawnik*
    """),
}
