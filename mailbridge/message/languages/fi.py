"""How mail programs and people write in Finnish: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="fi",
    wrote=words("kirjoitti|kirjoittaa|kirjoitti seuraavaa|kirjoitti viestin|kirjoitti näin|on kirjoittanut"),
    opens=words("on |lainaus |lainaten |päiväys: "),
    days=words(
        "maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|maanantaina|tiistaina|keskiviikkona|"
        "torstaina|perjantaina|lauantaina|sunnuntaina|ma|ti|ke|to|pe|la|su"
    ),
    months=words(
        "tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta|syyskuuta|"
        "lokakuuta|marraskuuta|joulukuuta|tammik|helmik|maalisk|huhtik|toukok|kesäk|heinäk|elok|syysk|lokak|"
        "marrask|jouluk"
    ),
    from_=words("lähettäjä|keneltä"),
    sent=words("lähetetty|päivämäärä|päiväys|pvm|lähetysaika|aika"),
    to=words("vastaanottaja|kenelle|vastaanottajat|saaja"),
    copy=words("kopio|piilokopio|cc"),
    subject=words("aihe|otsikko|asia"),
    other=words("vastausosoite|vastaa|tärkeys|liitteet|liite|prioriteetti"),
    original=words(
        "alkuperäinen viesti|välitetty viesti|edelleenlähetetty viesti|alkuperäinen sähköposti|"
        "edelleen lähetetty viesti|välitetty viesti alkaa|alkuperäinen posti|vastaa tämän rivin yläpuolelle"
    ),
    forwarded=words("välitetty viesti alkaa|välitetty viesti|edelleenlähetetty viesti alkaa|alkaa välitetty viesti"),
    above=words("vastaa tämän rivin yläpuolelle|kirjoita vastauksesi tämän rivin yläpuolelle"),
    device=words(
        "lähetetty|lähetetty laitteesta|hanki outlook|hae outlook|lataa outlook|lähetän|lähetetty sähköpostista"
    ),
    closings=words(
        "ystävällisin terveisin|terveisin|parhain terveisin|ystävällisesti|terv|kiitos|kiittäen|kiitos etukäteen|"
        "kiitoksia|t|yt|y.t|hyvää päivänjatkoa|mukavaa päivää|kunnioittavasti|hyvää viikonloppua|"
        "lämpimin terveisin|kiitos ja hyvää päivänjatkoa|yst.terv|yst. terv|terveiset|kiitos paljon|moi"
    ),
    disclaimer=words(
        "tämä viesti|tämä sähköposti|tämä sähköpostiviesti|luottamuksellinen|tämän viestin sisältö|"
        "viestin sisältö|jos et ole|ajattele ympäristöä|ennen tulostamista|tähän viestiin"
    ),
    secrecy=words("luottamuksellis|tarkoitettu|erehdyksessä|vahingossa|kielletty|ympäristö|henkilötie"),
    imprint=words("y-tunnus|alv-numero|alv.rek|kotipaikka|kaupparekisteri"),
    scanned=words("viruksia ei|virukseton|tämä sähköposti on tarkistettu|tarkistettu virusten"),
    listing=words("sähköpostilista|postituslista|peruuta tilaus|sait tämän viestin"),
    inline=words(
        "vastaukset alla|vastaan alla|vastaukset tekstissä|vastaukseni alla|kommentit alla|vastaukset punaisella"
    ),
    first_person=words("minä|me|voin|voimme"),
    possessives=words("minun|meidän"),
    parcels=words("tänään|eilen|huomenna|aamulla|viikko|kirjattuna|paketti|pakettina|kirjeenä|varastosta"),
)
