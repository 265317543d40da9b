"""How mail programs and people write in Polish: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="pl",
    wrote=words(
        "napisał|napisała|napisał(a)|napisała(a)|napisano|pisze|napisana przez|napisane przez|pisał|pisała|wrote"
    ),
    opens=words("w dniu |dnia |dn. |on |w |wiadomość napisana |użytkownik |cytowanie |cytuję |data: "),
    days=words(
        "poniedziałek|wtorek|środa|środę|czwartek|piątek|sobota|sobotę|niedziela|niedzielę|pon|pn|wt|śr|czw|cz|"
        "pt|sob|so|niedz|nd|ndz"
    ),
    months=words(
        "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia|"
        "styczeń|luty|marzec|kwiecień|maj|czerwiec|lipiec|sierpień|wrzesień|październik|listopad|grudzień|sty|"
        "lut|kwi|cze|lip|sie|wrz|paź|lis|gru"
    ),
    from_=words("od|nadawca|autor"),
    sent=words("wysłano|wysłane|data|data wysłania|wysłany|data nadania|wysłana|odebrano|data i godzina"),
    to=words("do|adresat|odbiorca|odbiorcy|adresaci"),
    copy=words("dw|kopia|do wiadomości|udw|kopia do"),
    subject=words("temat|dotyczy"),
    other=words("odpowiedz do|odpowiedź do|ważność|priorytet|załączniki|załącznik|odp. do"),
    original=words(
        "oryginalna wiadomość|wiadomość oryginalna|wiadomość przekazana|przekazana wiadomość|"
        "treść przekazanej wiadomości|treść oryginalnej wiadomości|pierwotna wiadomość|wiadomość pierwotna|"
        "wiadomość oryginalna/original message|początek przekazywanej wiadomości|przesłane przez|"
        "odpowiedź powyżej tej linii|oryginalna wiadomosc|wiadomosc oryginalna|cytowana wiadomość|"
        "forwarded message"
    ),
    forwarded=words(
        "początek przekazywanej wiadomości|przekazana wiadomość|wiadomość przekazana|początek przekazanej wiadomości"
    ),
    above=words(
        "odpowiedz powyżej tej linii|napisz odpowiedź powyżej tej linii|prosimy o odpowiedź powyżej tej linii|"
        "odpowiedź powyżej tej linii"
    ),
    device=words(
        "wysłane z|wysłano z|wysłane za pomocą|wysłano za pomocą|wysłane przez|wysłano przez|wysłany z|wysłana z|"
        "pobierz program outlook|pobierz aplikację outlook|pobierz outlook|uzyskaj program outlook|"
        "uzyskaj aplikację outlook|uzyskaj outlook|wiadomość wysłana z|wysłane bezpieczną|przesłane z|"
        "poczta wysłana z"
    ),
    closings=words(
        "miłego dnia życzę|serdeczności|miłego weekendu|"
        "pozdrawiam|pozdrawiam serdecznie|pozdrawiam ciepło|"
        "z poważaniem|z powazaniem|pozdrawiamy|pozdrowienia|serdecznie pozdrawiam|"
        "serdeczne pozdrowienia|z pozdrowieniami|z wyrazami szacunku|łączę pozdrowienia|łączę wyrazy szacunku|"
        "z góry dziękuję|z góry dziękujemy|dziękuję|dziękujemy|dzięki|pozdr|pozdro|miłego dnia|"
        "dziękuję i pozdrawiam|ukłony|do widzenia|z szacunkiem|wyrazy szacunku|życzę miłego dnia|dziękuję z góry|"
        "serdecznie"
    ),
    disclaimer=words(
        "informacja poufna|poufność|klauzula poufności|niniejsza wiadomość|treść tej wiadomości|"
        "treść niniejszej wiadomości|ta wiadomość|wiadomość ta|informacje zawarte w|jeżeli nie jest|"
        "jeśli nie jest|jeżeli nie są|zastrzeżenie|pomyśl o środowisku|zanim wydrukujesz|klauzula informacyjna|"
        "administratorem danych|administratorem pani|administratorem państwa|ten e-mail|ten email|"
        "przed wydrukowaniem|informujemy, że administratorem"
    ),
    secrecy=words(
        "poufn|adresat|zabronion|zakazan|przeznaczon|błędnie|pomyłkow|niezwłocznie|danych osobowych|odbiorc|"
        "niezamierzon"
    ),
    imprint=words(
        "krs|regon|nip|sąd rejonowy|kapitał zakładowy|rejestr przedsiębiorców|sąd rejestrowy|wydział gospodarczy|bdo"
    ),
    scanned=words(
        "wolny od wirusów|wolna od wirusów|bez wirusów|ta wiadomość została sprawdzona|"
        "wiadomość została sprawdzona|sprawdzono na obecność wirusów|wiadomość e-mail została sprawdzona|"
        "nie zawiera wirusów"
    ),
    listing=words(
        "lista dyskusyjna|wypisz się|aby wypisać się|otrzymujesz tę wiadomość|otrzymałeś tę wiadomość|"
        "zrezygnować z subskrypcji"
    ),
    answers=words("odpowiedzi|komentarze|uwagi"),
    places=words("na czerwono|na niebiesko|na zielono|pogrubione|poniżej|w treści|pod pytaniami"),
    inline=words(
        "odpowiedzi poniżej|odpowiadam poniżej|odpowiedź poniżej|odpowiedzi w treści|odpowiadam w treści|"
        "komentarze poniżej|odpowiedzi pod pytaniami|odpisuję poniżej|odpisałem poniżej|odpisałam poniżej|"
        "odpowiedziałem w treści|odpowiedziałam w treści|odpowiedzi na czerwono|odpowiadam na czerwono|"
        "odpowiedzi na niebiesko|odpowiedzi kolorem"
    ),
    first_person=words("ja|mogę|możemy|mam|mamy|jestem"),
    possessives=words("mój|moja|moje|mojej|mojego|moim|moją|nasz|nasza|nasze|naszej|naszego|naszym|naszą"),
    parcels=words(
        "dziś|dzisiaj|wczoraj|jutro|rano|wieczorem|tydzień|tygodniu|temu|polecony|poleconym|poleconą|kurier|kuriera|kurierem|paczka|paczkę|paczką|paczkomat|paczkomatu|paczkomatem|przesyłka|przesyłkę|przesyłką|priorytet|priorytetem|magazynu|polska|polskiej|polską"
    ),
)
