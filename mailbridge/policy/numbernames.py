"""The words that say what a number is, in the languages of the markets: a telephone number, or any other.

Words are told by how they begin or as a whole, in small letters. Knows nothing of digits.
"""

#: how words begin that name another number, or a place where numbers are printed
NAMES = tuple(
    "numer numé numme nummer number núme registr rejestr rejestracyj ean gtin isbn sku asin mpn imei regon pesel "
    "siret siren iban serial seryj serien série matricol seriennr fabryczn werknumm werknr werksnr ricamb model "
    "modell modèl modelo teilenum teilenr ersatzteil codice codici código codigo kennung kennziff referen "
    "riferiment referenz réfé barcode kreskow strichcode symbol indeks index katalog catalog catálog zamiennik "
    "odpowiednik oryginał oryginal originale zastąp zastap tablicz naklej etykie pudeł pudel karton opakow metk "
    "nadruk wybit nabit wytłocz widniej etichett targhett scatol confezion adesiv punzon stampigl incis imballo "
    "fondello label sticker printed stamped engraved carton packag badge nameplate underneath engraving etikett "
    "aufkleb typensch schild verpackung schachtel eingrav gestempel aufdruck aufgedruck fahrgestell étiquet "
    "plaque gravé emballage etiquet placa caja grabad bastidor chassis châssis telaio telai licen lizenz patent "
    "koncesj zezwole homolog certyfik certific zertifi konform rahmennum norma taric cn-code hs-code doganal "
    "zolltarif tarif celn upc oem hsn tsn nip p.iva partita ust-id ustid steuer handelsreg hrb krs weee lucid "
    "eori duns podatk fiscal współrzęd wspolrzed coordin koordinat gps latitud longitud".split()
)
#: how words begin that stand for what has numbers in trade
THINGS = tuple(
    "batch charge hrb rma p.i. c.f. konto konta account conto bic swift cuenta compte blz order zamówieni "
    "zamowieni zam. ordin bestell auftrag commande pedido purchase offer ofert artikel artyk articol articl "
    "article artículo item aukcj auction angebot annonce produkt product prodott produit track przesył przesyl "
    "paczk przewoz nadani sendung spedizion paket pacco pacchi shipment parcel colis suivi envío envio "
    "seguimiento waybill consignment vettura spediz awb dhl dpd inpost gls fedex brt bartolini hermes poczt evri "
    "tnt orlen fakt invoice rechnung fattur factur bill paragon receipt scontrino beleg quittung s/n cod. kat. "
    "cat. code ticket spraw zgłosz zglosz reklamac reclam pratica vorgang dossier transa płatn platn pagament "
    "zahlung payment paiement voucher coupon kupon kund klient client customer cliente mitglied polis booking "
    "prenot allegro amazon ebay zwrot return reso retoure retour wersj version versione firmware policy contract "
    "umow contratt vertrag contrat deposit depozyt rezerw reserv buchung filtr filter filtro sensor czujnik pomp "
    "pump uszczelk guarniz dicht gasket bearing łożysk lozysk lager cuscinett battery bateri akku batteri charger "
    "ładowark ladegerät lamp żarówk zarowk lampad glühb bulb część czesc części ersatz pezzo pezzi pieza pièce "
    "toner drukar cartuccia cartridge kartusz patron zestaw kit kompon compon moduł modul module silnik motor "
    "motore engine śrub srub vite schraub screw podkładk podkladk rondell washer pasek riemen cinghia belt dimens "
    "wymiar szerok długo dlugo wysok głębok misur größ groess breit largh lungh altezz profond size width height "
    "length depth measure taille largeur longueur hauteur medida średnic srednic durchmess diametr rozmiar taglia "
    "price prezz preis prix precio koszt cost costo kwot betrag amount importo suma summe somma total totale "
    "gesamt year jahr année waga peso gewicht poids fcc ce-".split()
)
#: the same as whole words
OTHER_WORDS = frozenset(
    "vin vat rea bdo norm set cena ceny cenę cenie rok roku anno año alto ancho länge höhe tiefe weight mpn lot "
    "lotto seria serie pin tax sort ups sda id ids sn s.n part parts teil teile case fall pago cod kat cat cf pi "
    "piva p.i c.f p.iva art n.i.p nr nr. no no. num n n. n° nº nro kod kody kodu kodem code codes e-nr e-nr. "
    "s.-nr. st.-nr. fd pnc typ type tipo fin iva cif tva bn ref ref. pz krs".split()
)
#: how words begin that name a telephone or a call
PHONE = (
    *("telef", "télép", "teleph", "tel.", "tel:", "telnr", "tel-nr", "phone", "zadzw", "dzwoń", "dzwoni", "dzwonc"),
    *("przedzwo", "oddzwo", "wydzwo", "kom.", "kom:", "komórk", "komork", "mobilnum", "mobilnr", "mobiltel", "mobile:"),
    *("mobil:", "handynu", "handynr", "handy:", "cell:", "cellul", "cellph", "whats", "viber", "sms", "chiam", "anruf"),
    *("anzuruf", "rufnum", "rufen", "rückruf", "appele", "appell", "llám", "llam", "móvil", "erreich", "hotline"),
    *(
        "infolini",
        "dryn",
        "squill",
        "contatta",
        "contacte",
        "contactez",
        "kontaktow",
        "reachab",
    ),
    *("nummer:", "numer-tel", "mob.", "mob:", "ph:", "ph.", "gsm", "t:", "m:", "☎", "📞", "📱", "joindre", "joign"),
    *("fax", "festnetz", "durchwahl", "tlf", "voicemail", "callback", "skontakt", "kontaktu", "telegram"),
)
#: the same as whole words, some of which are other things too: nothing but a name may stand between them and a number
PHONE_WORDS = frozenset(
    "tel contatti contatto call calls calling ring ringing rings text texting phone mobile mobil cell handy "
    "portable portables móviles cellulari signal toque buzz bell ph mob gsm kom reach contact kontakt kontakcie "
    "kontaktu fon ruf ruft movil fisso centralino dial klingel wähl wählen komponuj wybierz wykręć komponieren "
    "marque marca marcar composez digita tel:".split()
)
#: directly before a number these say that it is not what was spoken of
PARTING = frozenset("and und e ed i oraz et y".split())
#: words that name nothing: what stands behind them may be anything
PLAIN = frozenset(
    "a about after al alla allo also am an and any anche around at auch auf be bei below better bis bitte bonjour "
    "but by call ciao come con da dal day de dla do e ed en est et evenings everyday fino for from gerne grazie "
    "hallo hej hello her here hi hier him his hola i ich if il im in is ist it its it's jest jetzt już la le lei "
    "lo lub ma mails mais me merci mi mia mich mio mir mit mnie moje moj mój mon my na nasz nie noi nostro nun o "
    "od oder ok or oraz our over pan pani par per please pls po pod podaję podaje poi por potem poza prego prosze "
    "proszę przez qui quick quickly sempre si sie so sono sotto still su sul tak te thanks the then there they "
    "this to today tomorrow tu tutaj u um und uns unser unter us v via vo von vor w we with y you your z za ze zu "
    "zum zur è é".split()
)
