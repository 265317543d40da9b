"""How mail programs and people write in Hungarian: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="hu",
    wrote=words("írta|ezt írta|következőt írta|a következőt írta|írta (időpont|írta:|írja|ezt írta (időpont"),
    opens=words("on |ekkor |idézet |dátum: "),
    days=words(
        "hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap|hétfőn|kedden|szerdán|csütörtökön|pénteken|"
        "szombaton|h|k|sze|cs|p|szo|v"
    ),
    months=words(
        "január|február|március|április|május|június|július|augusztus|szeptember|október|november|december|jan|"
        "febr|márc|ápr|máj|jún|júl|aug|szept|okt|nov|dec"
    ),
    from_=words("feladó|küldő|kitől"),
    sent=words("elküldve|küldve|dátum|küldés ideje|dátuma|feladás ideje|küldés dátuma|időpont"),
    to=words("címzett|címzettek|kinek|cimzett"),
    copy=words("másolat|másolatot kap|titkos másolat|másolatot kapja|cc"),
    subject=words("tárgy|targy"),
    other=words("válaszcím|fontosság|mellékletek|melléklet|prioritás"),
    original=words(
        "eredeti üzenet|továbbított üzenet|eredeti levél|eredeti e-mail|továbbított levél|"
        "továbbított üzenet kezdete|válaszoljon e sor fölé|válaszüzenet|eredeti uzenet"
    ),
    forwarded=words("továbbított üzenet kezdete|továbbított üzenet|a továbbított üzenet kezdete"),
    above=words("válaszoljon e sor fölé|válaszát e sor fölé írja|kérjük, e fölé a sor fölé írja válaszát"),
    device=words(
        "küldve|elküldve|elküldve a|elküldve az|az iphone-omról|iphone-ról küldve|ipad-ről küldve|"
        "iphone készülékemről|iphone-omról küldve|android-telefonomról|outlook beszerzése|az outlook beszerzése|"
        "az outlook letöltése|samsung galaxy okostelefonról|android készülékről|windowshoz készült|"
        "mobilról küldve|telefonomról küldve|saját iphone|az android|outlook for ios letöltése|"
        "outlook for android letöltése"
    ),
    closings=words(
        "üdvözlettel|tisztelettel|köszönettel|köszönöm|köszönjük|üdv|szívélyes üdvözlettel|baráti üdvözlettel|"
        "előre is köszönöm|szép napot|üdvözöl|további szép napot|köszi|köszönettel és üdvözlettel|minden jót|"
        "maradok tisztelettel|udv|udvozlettel|koszonom|tisztelettel és köszönettel|puszi"
    ),
    disclaimer=words(
        "ez az e-mail|ez az üzenet|ezen e-mail|ezen üzenet|jelen e-mail|jelen üzenet|az üzenet tartalma|"
        "az e-mail tartalma|figyelmeztetés|titoktartási|jogi nyilatkozat|mielőtt kinyomtatná|nyomtatás előtt|"
        "adatvédelmi|amennyiben nem ön|jelen elektronikus"
    ),
    secrecy=words("bizalmas|címzett|tévedésből|tilos|jogosulatlan|környezet|adatvédel"),
    imprint=words("cégjegyzékszám|adószám|cg.|székhely|nyilvántartási szám|közösségi adószám"),
    scanned=words("vírusmentes|ezt az e-mailt az avast|vírusellenőrzés|ellenőrizte a"),
    listing=words("levelezőlista|leiratkozás|leiratkozáshoz|azért kapta ezt"),
    inline=words(
        "válaszaim lent|válaszok lent|alább válaszolok|válaszaim alább|a szövegben válaszolok|"
        "válaszaim pirossal|pirossal válaszoltam"
    ),
    first_person=words("én|tudok|tudom"),
    possessives=words("saját|cégünk|adószámunk"),
    parcels=words(
        "tegnap|holnap|reggel|este|hete|ajánlott|ajánlottan|csomag|csomagot|futárral|futárszolgálattal|raktárból|postával"
    ),
)
