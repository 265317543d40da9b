"""How mail programs and people write in Dutch: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="nl",
    wrote=words("schreef|schreven|geschreven|het volgende geschreven|schrijft|heeft geschreven|schreef het volgende"),
    opens=words("op |citeren |citaat van |in het bericht |on "),
    days=words("maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo"),
    months=words(
        "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|mrt|apr|"
        "jun|jul|aug|sep|sept|okt|nov|dec"
    ),
    from_=words("van|afzender"),
    sent=words("verzonden|datum|verzonden op|verstuurd|verzenddatum|verzonden om"),
    to=words("aan|naar|ontvanger"),
    copy=words("cc|bcc|kopie"),
    subject=words("onderwerp|betreft"),
    other=words("antwoord aan|beantwoorden|urgentie|prioriteit|bijlagen|bijlage|belang|reply-to"),
    original=words(
        "oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|originele bericht|"
        "begin doorgestuurd bericht|oorspronkelijke bericht|doorgestuurd door|antwoord boven deze regel|"
        "orgineel bericht|oorspronkelijke e-mail"
    ),
    forwarded=words("begin doorgestuurd bericht|doorgestuurd bericht|begin van het doorgestuurde bericht"),
    above=words(
        "antwoord boven deze regel|reageer boven deze regel|typ uw antwoord boven deze regel|"
        "gelieve boven deze regel te antwoorden"
    ),
    device=words(
        "verstuurd vanaf|verzonden vanaf|verstuurd vanuit|verzonden vanuit|verstuurd met|verzonden met|"
        "verstuurd via|verzonden via|verstuurd door|verzonden door|outlook voor|download outlook voor|"
        "outlook downloaden|outlook ophalen|haal outlook voor|verkrijg outlook voor|ontvang outlook voor|"
        "vanaf mijn|dit bericht is verzonden|verzonden op mijn"
    ),
    closings=words(
        "met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groeten|groet|"
        "hartelijke groet|hartelijke groeten|met hartelijke groet|mvg|m.v.g|met beste groet|beste groeten|"
        "hoogachtend|alvast bedankt|bij voorbaat dank|dank je wel|dank u wel|bedankt|dank|dankjewel|met dank|"
        "liefs|gr|fijne dag|nog een fijne dag|tot ziens|hartelijk dank|bedankt en groeten|prettige dag|met groet|"
        "vr. gr|vr gr|mvrgr|groetjes|veel liefs"
    ),
    disclaimer=words(
        "deze e-mail|deze email|dit e-mailbericht|dit bericht|de informatie in deze|de informatie in dit|"
        "de inhoud van dit|de inhoud van deze|disclaimer|vertrouwelijk|indien u niet|denk aan het milieu|"
        "voordat u print|aan dit bericht|aan deze e-mail|op al onze|op onze"
    ),
    secrecy=words(
        "vertrouwelijk|bestemd|geadresseerde|abusievelijk|ten onrechte|niet toegestaan|verboden|milieu|"
        "algemene voorwaarden"
    ),
    imprint=words("kvk|k.v.k|btw|kamer van koophandel|ondernemingsnummer|handelsregister|rpr "),
    scanned=words(
        "virusvrij|deze e-mail is gecontroleerd op virussen|dit e-mailbericht is gecontroleerd|geen virussen"
    ),
    listing=words(
        "mailinglijst|mailing list|om u af te melden|uitschrijven|u ontvangt dit bericht|je ontvangt dit bericht"
    ),
    answers=words("antwoorden|opmerkingen"),
    places=words("in het rood|in rood|in het blauw|in blauw|hieronder|in de tekst"),
    inline=words(
        "antwoorden hieronder|antwoord hieronder|antwoorden in de tekst|mijn antwoorden|"
        "hieronder in de tekst|antwoorden in het rood|antwoorden in rood"
    ),
    first_person=words("ik|wij|we"),
    possessives=words("mijn|onze|ons"),
    parcels=words(
        "vandaag|gisteren|morgen|ochtend|vanmorgen|avond|week|aangetekend|pakket|pakje|koerier|brievenbuspost|magazijn"
    ),
)
