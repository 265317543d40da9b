"""How the notices of marketplaces read in Polish: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

NOTICES = {
    "repeats_market_notice.thanks": phrases("""
        dziękuję/dziękujemy/dzięki (bardzo) (serdecznie) (ślicznie) (pięknie) za (złożenie) (dokonanie) (państwa)
            (twoje) (złożone) (udany) (szybki*) (udane) zakup*/zamówieni*/transakcj*/zaufani*/płatność/wpłatę/
            zaufanie/wybór
        dziękuję/dziękujemy (serdecznie) że nas wybrałeś/wybrałaś/wybrali
        życzymy/życzę udanych/zadowolenia/miłego (zakupów) (z) (użytkowania) (zakupu)
        jesteśmy do (państwa/twojej) dyspozycji
        pozostajemy do (państwa/twojej) dyspozycji
    """),
    "repeats_market_notice.order": phrases("""
        zamówienie (już) pakujemy/kompletujemy/przygotowujemy
        zamówienie/zamówienia/zakup (nr) (numer) (<code>) (<number>) zostało/został/jest (pomyślnie) (właśnie)
            przyjęte/potwierdzone/zarejestrowane/złożone/opłacone/przyjęty/realizowane/potwierdzony/przygotowywane/
            kompletowane
        potwierdzamy/potwierdzam (przyjęcie) (otrzymanie) (złożenie) (państwa) (twojego) (twoje) zamówieni*/zakup*/
            otrzymanie
        potwierdzenie (przyjęcia) (złożenia) (otrzymania) zamówienia/zakupu
        otrzymaliśmy/przyjęliśmy (państwa) (twoje) (pani) (pana) zamówienie
        przyjęliśmy zamówienie do realizacji
        twoje/państwa zamówienie (jest) (właśnie) (w) (trakcie) (już) realizacji/pakowane/przygotowywane/
            kompletowane/realizowane
        zamówienie (zostało) (jest) przekazane do realizacji
        (twoje) zamówienie (jest) w (trakcie) realizacji
    """),
    "repeats_market_notice.shipping": phrases("""
        zamówienie/paczka/przesyłka/towar/produkt/przedmiot (nr) (<code>) (<number>) zostało/została/został/jest
            (dziś) (dzisiaj) (właśnie) (już) wysłane/wysłana/wysłany/nadane/nadana/nadany/w-drodze
        wysłaliśmy/wysłałem/wysłałam/nadaliśmy/nadałem/nadałam (dziś) (dzisiaj) (już) (właśnie) (państwa) (twoją)
            (twoje) paczkę/przesyłkę/zamówienie/towar/produkt
        (twoja) paczka/przesyłka (jest) (już) w drodze
        numer przesyłki/paczki/listu/śledzenia/nadania/trackingowy
        nr przesyłki/paczki/listu/śledzenia/nadania
        śledź/śledzić/śledzenie/śledzenia/monitoruj (swoją) (państwa) (twoją) paczkę/przesyłkę/paczki/przesyłki
        przekazaliśmy/przekazana/przekazano (paczkę) (przesyłkę) (do) kurierowi/przewoźnikowi
        potwierdzenie wysyłki/nadania
    """),
    "repeats_market_notice.delivery": phrases("""
        paczka/przesyłka/zamówienie (<code>) (<number>) została/zostało/jest (już) (dziś) (pomyślnie) doręczon*/
            dostarczon*/gotow*
        paczka/przesyłka/zamówienie (już) czeka (na) (w) odbiór/odbiór-w/paczkomacie/punkcie
        przewidywan*/planowan*/szacowan* (termin) (data) (czas) dostaw*/doręczeni*
        paczka/przesyłka/zamówienie (zostanie) dotrze/dostarczone/dostarczona/doręczona (do) (ciebie/państwa/jutro/
            dziś)
        potwierdzenie doręczenia/dostawy
    """),
    "repeats_market_notice.payment": phrases("""
        nie otrzymaliśmy/wpłynęła/zaksięgowaliśmy/odnotowaliśmy/opłacono (jeszcze) (dotąd) (państwa) (twojej)
            płatnoś*/wpłat*/zapłat*/przelew*
        przypominamy/przypominam/przypomnienie o (konieczności) (dokonaniu) (braku) (niezapłaconym) (opłaceniu)
            (dokonania) płatnoś*/wpłat*/zapłat*/opłaceni*/zapłaceni*/nieopłacon*/niezapłacon*
        zamówienie (nie) (wciąż) (nadal) (jest) (zostało) (jeszcze) nieopłacone/opłacone
        oczekujemy/czekamy na (państwa) (twoją) płatność/wpłatę/zapłatę/przelew
        prosimy/proszę o (pilne) (szybkie) (dokonanie) opłacenie/uregulowanie/zapłatę/zapłacenie/płatności/wpłaty/
            wpłatę/dokonanie
        otrzymaliśmy/zaksięgowaliśmy (państwa) (twoją) płatność/wpłatę/zapłatę
        płatność/wpłata (została) (pomyślnie) zaksięgowana/przyjęta/potwierdzona
    """),
    "repeats_market_notice.invoice": phrases("""
        faktur* ... w załączniku/załączeniu
        w/przesyłamy/przesyłam/wysyłamy/wysyłam/załączamy/załączam (w) (załączniku) (załączeniu) (państwu)
            (przesyłam) (przesyłamy) (znajduje) (znajdą) (państwo) (się) (plik) (wystawioną) faktur*/rachunek
        faktur* (vat) (w) (została) (jest) (znajduje) (się) (w) załącznik*/załączeni*/wystawiona/przesłana
    """),
}
