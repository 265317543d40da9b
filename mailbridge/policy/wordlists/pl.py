"""Polish phrases of the checks of wording: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases
from mailbridge.policy.wordlist import Wordlist
from mailbridge.policy.wordlists.notices.pl import NOTICES
from mailbridge.policy.wordlists.topics.pl import TOPIC
from mailbridge.policy.wordlists.unless.pl import UNLESS

WORDLIST = Wordlist(
    code="pl",
    negators=phrases("""
        nie
        bez
        nigdy
        zamiast
        żadn*
        ani
        zabronion*/zakazan*/niedozwolon*
    """),
    negators_behind=phrases("""
        nie
        zabronion*/zakazan*/niedozwolon*/niemożliw*
    """),
    affirmers=phrases("""
        nie zapomnij*/zapominaj*/przegap*/wahaj*/czekaj*/zwlekaj*/pożałuj*
        czemu/dlaczego by nie
        nie tylko
    """),
    market=phrases("""
        platform*
        serwis*
        allegro
        amazon*
        ebay*/ebay-u
        etsy
        vinted
        upxycled
        kaufland*
        zalando
        otto
        olx
        empik*
        erli
    """),
    find={
        "advertising": phrases("""
            zerknij/zerknijcie/zajrzyj/rzuć-okiem .. na .. nasze/moje (inne) aukcje/oferty/produkty
            zapraszam/zapraszamy do (naszego) (mojego) sklepu/butiku
            wyprzedaż*/promocj*/rabat*/przecen* .. w naszym/naszej/moim sklepie/ofercie
            rusza/startuje/trwa/ruszyła/zaczyna (się) .. wyprzedaż/promocja/sezonowa
            zachęcamy/zachęcam/zapraszamy/zapraszam do zapoznania/obejrzenia/sprawdzenia/skorzystania/odwiedzenia .. ..
                ofert*/asortyment*/sklep*/aukcj*/kolekcj*/promocj*
            zapraszam/zapraszamy do/na (odwiedzenia) (naszego/nasz/nasza/naszą/naszej/naszym/naszych) (nowego) (innych)
                sklepu/sklep/strony/stronę/oferty/ofertę/zakupów/zakupy/zapoznania/obejrzenia/sprawdzenia/galerii/
                butiku/przejrzenia
            odwiedź/odwiedźcie/odwiedz/odwiedzić/zajrzyj/zajrzyjcie (do) (na) nasz/nasza/naszą/naszego/naszej/naszych/
                moją/mój/mojego (nowy) (nowego) (internetowy) sklep/sklepu/stronę/strony/witrynę/witryny/galerię/butik/
                ofertę/oferty
            odwiedzenia naszego/naszej/naszych (nowego) (internetowego) sklepu/strony/witryny/oferty
            sprawdź/sprawdźcie/sprawdz/zobacz/zobaczcie/obejrzyj/poznaj/przejrzyj/polecam/polecamy nasz/nasze/naszą/
                nasza/moje/moją/nową (nowe) (nową) (inne) (pozostałe) (pełną) (aktualną) (najnowszą) ofertę/oferty/
                oferta/aukcje/produkty/kolekcję/kolekcje/sklep/stronę/promocje/przedmioty/nowości/propozycje/katalog
            polecam/polecamy (również) (także) (też) nasze/moje/inne/pozostałe (inne) (pozostałe) produkty/aukcje/
                oferty/przedmioty/wyroby/kolekcje
            zapraszam/zapraszamy na/do (nasze) (moje) (inne) (pozostałe) aukcje/aukcji/ofert/oferty/produktów/promocji/
                promocję/wyprzedaż/wyprzedaży
            nowa/nową/nowej/najnowsza/najnowszą kolekcja/kolekcję/kolekcji już/jest/dostępna/w/czeka/na
            nowości w (naszym) (naszej) sklepie/ofercie/kolekcji
            nowa dostawa
            zapisz/zapiszcie/zapisać/zapisz-się/dołącz/subskrybuj/zasubskrybuj (się) (na) (do) (nasz) (naszego)
                (naszej) newsletter*/klubu/grupy/listy
            zapis/zapisy do (naszego) newslettera
            nasz/naszego/naszym newsletter*
            polub/polubcie/obserwuj/obserwujcie/śledź/śledźcie (nas) (nasz) (naszą) (na) profil/stronę/fanpage/
                facebook*/instagram*/sklep/kanał/konto
            obserwuj nas na
            może/mogą cię/państwa/ci/pana/panią/was (też) (również) (także) zainteresować/zaciekawić/spodobać/spodoba
            spodoba/spodobają/spodobać ci/państwu/panu/pani się również/także/też
            klienci kupili również/także/też
            wyjątkow*/specjaln*/super/świetn*/limitowan*/niepowtarzaln* ofert*/promocj*/okazj* tylko/na/do/trwa/dla/już/
                w
            tylko do/dziś/dzisiaj/teraz/w-tym .. promocj*/wyprzedaż*/rabat*/taniej
            wyprzedaż/promocja (letnia) (zimowa) (świąteczna) (trwa) (do) (już) (na) trwa/do/już/wszystkie/wszystko/cały
            kup dwa/dwie/2/trzy/3 ... gratis/taniej/cenie
            drugi/druga/trzeci/trzecia produkt/sztuka/rzecz gratis
            w (naszej) ofercie (mamy) (posiadamy) również/także/też
            mamy/oferujemy/sprzedajemy/posiadamy (w) (ofercie) również/także/też
            dodaj nasz sklep do ulubionych
            poleć/polećcie/polecaj nas znajomym/przyjaciołom/innym
            poleć nas
            poleć znajomym/znajomemu
            zamów już/teraz/dziś/dzisiaj
            do wyczerpania zapasów
            nasze bestsellery
        """),
        "coupon": phrases("""
            przy/na następn*/kolejn* zamówieni*/zakup* ... rabat*/zniżk*
            następn*/kolejn* zamówieni*/zakup* ... zapłac* .. mniej/taniej
            rabat*/zniżk* .. z kodem
            kod/kodem/kodu rabatow*/promocyjn*/zniżkow* <code>
            użyj/wpisz/podaj/wykorzystaj/skorzystaj/wprowadź (z) (nasz*) (ten/tego) kod/kodu/kupon/kuponu/bon/bonu
                (rabatow*) (promocyjn*) (zniżkow*) <code>
            użyj/wpisz/wykorzystaj/skorzystaj/odbierz (z) (nasz*) (swój) (ten/tego) kod/kodu/kupon/kuponu/bon/bonu/
                voucher/vouchera rabatow*/promocyjn*/zniżkow*
            z (naszym) (kodem) kodem <code>
            oto/masz/mamy/przesyłam/przesyłamy/wysyłam/wysyłamy/dołączam/dołączamy/załączam/załączamy (dla) (ciebie/
                państwa/pana/pani) (twój) (w) (prezencie) (specjaln*) (mał*) kod/kupon/bon/voucher rabatow*/promocyjn*/
                zniżkow*/na
            twój/państwa (indywidualny) (osobisty) kod/kupon rabatow*/promocyjn*/zniżkow*
            rabat*/zniżk*/kod/kodu/kupon*/bon/bonu/voucher*/taniej .. (do) (wykorzystania) na/przy kolejn*/następn*/
                przyszł*/drug*/ponown* (duż*) zakup*/zamówieni*
            na/przy kolejn*/następn*/przyszł*/drug* zakup*/zamówieni* ... rabat*/zniżk*/kod/kupon*/bon/voucher*/taniej
            rabat*/zniżk* na (cały) (całe) (wszystkie) (wszystko) (nasz*) cały/całe/wszystkie/wszystko/asortyment/sklep/
                kolekcję
            otrzymasz/otrzymają/dostaniesz/otrzymacie/zyskaj/odbierz/zgarnij (państwo) <number> .. rabat*/zniżk*/taniej/
                mniej
            otrzymasz/dostaniesz/zyskaj/odbierz/zgarnij (kod) (kupon) (bon) (dodatkowy) (specjalny) rabat/zniżkę/kupon/
                bon/voucher
            karta/kartę/bon podarunkow* (na) (kolejne) kolejn*/następn*/zakup*
        """),
        "review_request.neutral": phrases("""
            wystawi*/zostawi*/napisz*/doda* (nam) (pan) (pani) (państwo) opini*/ocen*/komentarz*/recenzj*
            kilka/parę słów komentarza/opinii/recenzji
            prosimy/proszę/prośba (bardzo) o .. komentarz*/gwiazdk*/ocen*
            prosimy/proszę/prośba (bardzo) o wystawienie (nam) (mi) ocen*/opini*/komentarz*
            zostaw/zostawcie/zostawić/wystaw/wystawcie/wystawić/napisz/napiszcie/dodaj/dodać/podziel/prześlij (nam)
                (mi) (państwo) (swoją) (szczerą) (krótką) (uczciwą) (własną) opinię/opinie/opini/recenzję/recenzje/
                ocenę/oceny/komentarz/referencje
            wystawienie/wystawienia/wystawieniu/pozostawienie/pozostawienia/napisanie/napisania/dodanie (nam)
                (szczerej) (krótkiej) (swojej) opinii/oceny/recenzji/komentarza
            prosimy/proszę/prośba/proszę-bardzo/uprzejmie-prosimy o (szczerą) (krótką) (uczciwą) (wystawienie)
                (państwa) (twoją) opinię/ocenę/recenzję/opinii/oceny/recenzji/komentarz
            oceń/oceńcie/oceńmy/ocenić (nas) (nasz) (naszą) (ten) (swój) (swoje) (zakupiony) zakup*/transakcj*/
                sprzedawc*/produkt*/sklep*/obsług*/zamówieni*
            oceń/oceńcie nas
            zapomnij/zapomnijcie wystawić/zostawić/napisać/dodać (nam) (swojej) (swoją) opinii/opinię/oceny/ocenę/
                komentarza/komentarz
            podziel/podzielcie/podzielenia się (z-nami) (swoją) (swoimi) opinią/wrażeniami/opiniami/oceną
            będziemy/będę/bylibyśmy/byłbym/byłabym (bardzo) wdzięczni/wdzięczny/wdzięczna za/o (wystawienie) (szczerą)
                (państwa) (twoją) (każdą) opinię/ocenę/opinie/recenzję/komentarz/opinii/oceny
            twoja/państwa/wasza opinia/ocena (jest) (dla) (nam) (nas) (bardzo) (wiele) ważna/pomoże/pomaga/znaczy/liczy/
                cenna/wiele
            co sądzisz/myślisz/sądzą o naszym/naszej/produkcie
            jak oceniasz/oceniają
        """),
        "review_request.steering": phrases("""
            pozytywa/pozytywka/pozytywy
            pozytywną/pozytywnej/pozytywny/pozytywnego/pozytywne/dobrą/dobrej/miłą/najlepszą/najwyższą/pochlebną/
                przychylną (nam) opinię/opinii/ocenę/oceny/komentarz/komentarza/recenzję/recenzji/opinie
            dobrej/najlepszej/pozytywnej/najwyższej/wysokiej ocenie/opinii
            opinię/ocenę/komentarz/recenzję pozytywną/pozytywny/pięciogwiazdkową
            4/pięć/pięciu/5 gwiazdek/gwiazdkami ... opini*/ocen*/wystaw*/komentarz*/recenzj*
            opini*/ocen*/wystaw*/oceń*/recenzj* ... 5/pięć/pięciu/pięcioma gwiazdek/gwiazdkami/gwiazdki
            oceń/oceńcie nas/sprzedawcę/nasz-sklep na/5/pięć/najwyżej (5) (piątkę) (pięć) (gwiazdek)
            jeśli/jeżeli/gdy (jesteś) (są) (państwo) (jest) (pan) (pani) zadowolony/zadowolona/zadowoleni/podoba ...
                opini*/ocen*/wystaw*/oceń*/komentarz*
            zanim/przed wystaw*/napis*/doda* (nam) negatywn*/neutraln*/zł*/nisk* .. opini*/ocen*/komentarz*
            nie wystaw*/pisz*/dawaj* (nam) (proszę) negatywn*/neutraln*/zł* (opini*) opini*/ocen*/komentarz*
        """),
        "review_request.change_or_remove": phrases("""
            zmodyfikować/skorygować/zmodyfikowanie/skorygowanie/zaktualizować/zmodyfikuj (swoją) (swój) (tę) (ten)
                opini*/ocen*/komentarz*
            zmień/zmieńcie/zmienić/zmianę/zmiana/zmiany/usuń/usuńcie/usunąć/usunięcie/usunięcia/wycofać/wycofaj/
                wycofanie/wycofania/skasuj/skasować/poprawić/popraw/edytuj/edytować/anulowanie (swoją) (swojej) (tę)
                (tej) (ten) (tego) (wystawion*) (państwa) (twojej) (negatywn*) (neutraln*) opini*/ocen*/komentarz*/
                recenzj*
            zamień/zamienić/zmienić/zmień (negatywną) (ją) (opinię) (ocenę) na pozytywn*
        """),
        "review_request.paid": phrases("""
            za pięć/5 gwiazdek .. zwróc*/otrzym*/wyśl*/prześl*/dosta*/rabat*/prezent*/upomin*/gratis*
            w zamian za (szczerą) (pozytywną) (wystawienie) (pozytywnej) (szczerej) (dobrą) (5) (państwa) (twoją)
                opini*/ocen*/recenzj*/komentarz*
            za (wystawienie) (napisanie) (pozytywną) (pozytywnej) (każdą) (szczerą) (dobrą) opini*/ocen*/recenzj*/
                komentarz* ... otrzymasz/dostaniesz/zwrócimy/zwrot/rabat*/prezent*/gratis*/upominek/upominku/bon/kupon/
                voucher/nagrod*/zniżk*/prześlemy/wyślemy
            wystaw*/napisz*/zostaw*/dodaj* (nam) .. opini*/ocen*/recenzj*/komentarz* ... otrzymasz/dostaniesz/odbierz/
                zwrócimy/zwrot/rabat*/prezent*/gratis*/upominek/upominku/bon/kupon/voucher/nagrod*/zniżk*
            rabat*/prezent*/gratis*/upominek/bon/kupon/voucher/nagrod*/zniżk*/zwrot* ... za/po wystawieni*/napisani*/
                pozytywn*/szczer*/opini*/dodani* (pozytywn*) (szczer*) (opini*) (ocen*) (recenzj*) (komentarz*)
            zwrócimy/zwrot/zwrot-części/dopłacimy ... jeśli/za/po/gdy ... zmieni*/zmian*/usuni*/wycof* ... opini*/ocen*/
                komentarz*
            usuni*/zmieni*/wycof* ... opini*/ocen*/komentarz* ... zwrócimy/rabat*/prezent*/bon/kupon/voucher/
                rekompensat*
            konkurs .. opini*
        """),
        "opt_out_request": phrases("""
            wyłącz*/zablokuj*/zablokowa*/wycisz* .. powiadomieni*/wiadomości/maile/e-maile (z) (od) (ze) (serwisu)
                <market>
            wypisz się
            wypisz/wypisać/wypisz-się/wypisanie/wypisania (się) (z) (naszej) (listy) (newslettera) listy/newslettera/
                subskrypcji/powiadomień/wiadomości/klik*/tutaj/mailingu/tu
            chcesz się wypisać
            aby/żeby/by (się) (nie) (zrezygnować) wypisać/zrezygnować-z/zrezygnować (się) (z) (otrzymywania) (naszych)
                (tych) (wiadomości) wiadomości/newslettera/powiadomień/otrzymywania/kliknij/listy
            zrezygnować z (otrzymywania) (dalszych) (naszych) wiadomości/newslettera/powiadomień/otrzymywania/mailingu
            rezygnacja z (otrzymywania) newslettera/powiadomień/wiadomości/subskrypcji
            nie chcesz/chcą/chce/życzysz/życzą (państwo) (już) (więcej) (sobie) (dalej) otrzymywać/dostawać (od) (nas)
                (takich) (naszych) (więcej) (tych) wiadomości/maili/e-maili/newslettera/powiadomień/informacji
            anuluj/anulować/anulowanie (swoją) (naszą) subskrypcj*
        """),
        "steering_off_market.contact": phrases("""
            zadzwoni*/dzwoni* do nas/mnie
            do nas/mnie (proszę) zadzwoni*/dzwoni*/zatelefonować
            do mnie/nas (na) priv/prywatnie
            pisz/napisz/piszcie/napiszcie/pisać/napisać/kontaktuj/skontaktuj/kontaktować/skontaktować/kontakt/dzwoń/
                zadzwoń/odezwij (do) (się) (z) (proszę) (do) nas/nami/mnie/mną/prywatnie/bezpośrednio/poza bezpośrednio/
                prywatnie/mailem/mailowo/e-mailem/telefonicznie/poza
            bezpośredni kontakt z nami
            skontaktuj*/kontakt*/napisz*/pisz*/pisać/dogada*/rozmawia*/umów*/porozmawia* ... poza <market>
            poza <market> .. skontaktuj*/kontakt*/napisz/pisz/dogada*/rozmawia*/umów*/załatw*
            pisz/napisz/dzwoń/zadzwoń/kontakt/skontaktuj/odezwij ... na/przez/po/poprzez whatsapp*/messenger*/telegram*/
                viber*/signal*/facebook*/instagram*/priv/priva/prywatny/prywatnego
            o kontakt (bezpośredni) telefoniczny/mailowy
            o telefon (do) (na) (pod) nas/numer/nr/nasz
            proszę/prosimy dzwonić/telefonować/zadzwonić/o-kontakt (do) (na) (pod) (nas) nasz/numer/nr/nas/komórkę/
                bezpośrednio/telefoniczny/mailowy
            podaj/podać/podanie/wyślij/prześlij/poproszę/prosimy-o/proszę-o (mi) (nam) (proszę) (swój) (twój) (państwa)
                (prywatny) prywatny/bezpośredni/swój/twój/swojego/prywatnego (adres) (numer) adres-e-mail/adres-email/
                mail*/e-mail*/email*/telefon*/numer-telefonu/numer/whatsapp*
            przejdźmy/przenieśmy/kontynuujmy (się) (rozmowę) (na) (poza) .. whatsapp*/messenger*/poza/telegram*/priv/
                e-mail*/maila
            z pominięciem <market>
            omijając/omińmy/obejść <market>
        """),
        "steering_off_market.purchase": phrases("""
            bez <market> (będzie) (wyjdzie) (jest) taniej
            sprzeda* ... prywatnie
            prywatnie bez prowizji
            kup*/zam* .. u nas/mnie bezpośrednio
            u nas/mnie bezpośrednio
            bezpośrednio u nas/mnie
            dogada*/taniej/kup*/sprzed*/załatw* ... bez <market>
            zamów/zamówić/zamawiaj/zamówcie/kup/kupić/kupuj/kupcie/nabyć/zakupić/zakupu/zakupy/zamówienie/zamówienia
                (proszę) (to) (go) (ten) (ją) (produkt*) (złożyć) (można) bezpośrednio u/na/w/od/przez/poprzez nas/nami/
                naszej/naszym/mnie/stronie/sklepie/naszą/nasz
            zamów*/zamawia*/kup/kupić/kupuj/kupować/złóż/złożyć/zakupić .. na/w/przez naszej/naszym/naszą/nasz/mojej/
                moim (własnej) (internetowej) stronie/sklepie/sklep/stronę/witrynie/e-sklepie
            zamów*/kup*/sprzeda*/sprzedać/transakcj*/zakup*/dogada*/załatw* ... poza <market>
            poza <market> ... taniej/zamów*/kup*/sprzeda*/transakcj*/zakup*/rabat*/cen*
            taniej/tańszy/tańsza/niższa/niższej/niższą/korzystniej (cena) (cenie) (jest) (będzie) u/na/w/przez (nas)
                (naszym) (naszej) (naszą) nas/naszym/naszej/naszą (sklepie) (stronie) (stronę) bezpośrednio/sklepie/
                stronie/stronę
            u nas bezpośrednio (będzie) taniej/tańsz*
            u nas w/na sklepie/stronie .. taniej/tańsz*/rabat*/niższ*
            na/w naszej/naszym (własnej) (internetowym) stronie/sklepie ... taniej/tańsz*/rabat*/niższ*/zamów*/kup*
            bez prowizji <market>
            bez prowizji
            uniknąć/unikniemy/ominąć/ominiemy (opłat) (prowizji) prowizj*/opłat* (<market>)
            bez pośrednictwa <market>
        """),
        "steering_off_market.payment": phrases("""
            proszę/prosimy o przelew na
            przelew/przelewu na (moje) (nasze) moje/nasze/mój/nasz konto/rachunek
            zapłać/zapłacić/zapłaty/płatność/płatności/płać/płacić/wpłać/wpłacić/przelej/przelać/przelew/wpłaty/wpłata/
                wpłatę .. bezpośrednio (na) (do) (nam) (nasze) (konto) (nas)
            zapłać*/zapłaci*/płatność*/płatności/przelew*/przelej*/wpłać*/wpłat* ... poza <market>
            przelej/przelać/przelew/wpłać/wpłacić/wpłaty/wpłata/wpłatę/zapłać/zapłacić .. na nasz/nasze/moje/mój/
                prywatne (prywatne) konto/rachunek
            wpłać/wpłacić/wpłatę/wpłaty/przelej/przelać .. na konto/rachunek (bankowe) (bankowy)
            zapłać/zapłacić/wyślij/prześlij/płatność/przelej/wpłać .. blikiem/blik/revolut*/paypal*/gotówką/
                przez-paypal/kryptowalut* (na) (do) (nam) (numer) nam/na/do/bezpośrednio
            blikiem/blik na (nasz) (mój) (numer) (telefon) numer/telefon/nr
        """),
        "steering_off_market.cancel": phrases("""
            proszę/prosimy/prośba/poproszę o (szybkie) (samodzielne) anulowanie/anulację/odwołanie (państwa) (tego)
                (twojego) (przez) zamówieni*/zakup*/transakcj*
            proszę/prosimy (państwa) (pana) (panią) anulować/odwołać/zrezygnować-z (to) (swoje) (zamówienie) zamówieni*/
                zakup*/transakcj*
            anuluj/anulujcie/odwołaj .. zamówieni*/zakup*/transakcj*
            anuluj*/anulowa*/odwoła*/zrezygn* ... zamów*/złóż*/kup* .. bezpośrednio/na-naszej/w-naszym/u-nas/ponownie
            proszę/prosimy/czy-może/może/mogą/może-pan/może-pani (państwo) (pan) (pani) (o) anulować/odwołać (to)
                (swoje) zamówieni*
        """),
        **NOTICES,
        "profanity": phrases("""
            kurwa/kurwy/kurwo/kurwę/kurew/kurwą/kurewsk*/kurwiarz/wkurw*/zakurw*/odkurw*/skurw*
            skurwysyn*/skurwiel*
            pierdol*/pierdal*/pierdoł*/spierdal*/spierdol*/wypierdal*/wypierdol*/opierdal*/opierdol*/zapierdal*/
                zapierdol*/rozpierdol*/podpierdol*/wpierdol*/napierdal*/odpierdal*/przypierdal*
            jebać/jebany/jebana/jebane/jebani/jebanego/jebanej/jebanych/jebie/jebię/jebac/jebnij/jebnięt*
            zajeb*/wyjeb*/pojeb*/ujeb*/najeb*/rozjeb*/przejeb*/odjeb*/wyjebk*/dojeb*/podjeb*
            chuj/chuja/chujem/chuje/chujow*/chujek/chujnia/chujni
            huj/huja/hujem/hujow*
            pizda/pizdy/pizdę/pizdo/pizdziel*
            gówno/gówna/gównem/gówniany/gówniana/gówniane/gównian*
            cipa/cipy/cipę
            dziwka/dziwki/dziwko/dziwkę
            dupek/dupki
            dupa/dupę/dupie/dupy
            sukinsyn*
            srać/sraj/nasrać/zesra*/wysra*
            zasran*/obsran*
        """),
        "service_question": phrases("""
            jak/gdzie (mogę/mam/można/należy) zwrócić/odesłać/oddać
            jak/gdzie (mogę/mam/można/należy) .. zwrócić/odesłać/oddać
            chcę/chciałbym/chciałabym/chcemy (to) zwrócić/odesłać/oddać
            adres do zwrotu
            na jaki adres .. odesłać/zwrócić/wysłać
            etykiet* zwrotn*
            kiedy (dostanę/otrzymam/będzie) .. zwrot (pieniędzy)
            kiedy dostanę/otrzymam .. pieniądze
            jak .. zrobić/zgłosić/złożyć zwrot
        """),
        **TOPIC,
    },
    unless=UNLESS,
    courtesy=phrases("""
        dzień dobry
        witam
        cześć
        szanowni/szanowny/szanowna
        pozdrawiam*
        z poważaniem
        serdecznie pozdrawiam*
        miłego dnia
        życzę/życzymy miłego/udanego
        zespół/obsługa/dział
    """),
    function_words=tuple(
        (
            "i w z na do nie się jest że to za dla od po przez oraz czy jak ale już mam mamy proszę będzie było "
            "został została państwa pan pani są tym tego lub o ze"
        ).split()
    ),
)
