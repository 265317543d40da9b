"""What makes German sentences honest ones for the checks of wording: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

UNLESS = {
    "advertising": phrases("""
        gefragt/fragten/nachgefragt/angefragt
        wie gewünscht/besprochen/vereinbart
        umtausch*/ersatz*/retoure*/rücksend*/reklamation*
        auf ihre (an) frage/anfrage/wunsch
    """),
    "coupon": phrases("""
        eingelöst*/verwendet*/benutzt*/eingegeben*/genutzt*/angegeben*
        abgezogen/berücksichtigt/angerechnet/verrechnet
        abgelaufen*/ungültig*
        auf/für diese bestellung/lieferung
        gefragt/fragten
        postleitzahl
    """),
    "review_request": phrases("""
        haben/hast uns/eine/ihre (eine) .. bewertet/hinterlassen/abgegeben
        ihre reklamation .. bewert*
        gutachter/sachverständig*
    """),
    "opt_out_request": phrases("""
        abgemeldet/ausgetragen/abbestellt
        wie gewünscht
    """),
    "steering_off_market": phrases("""
        über/auf/in/innerhalb (die) (den) (das) (dem) (der) (des) (dieser) (diese) (diesen) (nachrichtenfunktion)
            (nachrichten) (von) <market>
        über/in (die) (das) (den) (dem) (der) (ihr) (ihrem) (nachrichten) nachrichtenfunktion/nachrichtensystem/
            nachrichten/kundenkonto/chat/konto/bestellübersicht
        hier im chat
        auf diese nachricht/mail/e-mail
        antworten/antworte sie/du
        wenn/falls/sofern/sollten (sie) .. nicht/kein*/nicht-mehr/doch/möchten/wünschen/wollen
        wie (von) (ihnen) gewünscht/besprochen
        gewünscht/gebeten/gefragt
        paketdienst*/spedition/dhl/dpd/ups/gls/hermes/post/ihre-bank/der-bank/hersteller*/zusteller*/versanddienst*/
            transportunternehmen/inpost
        betrug*/betrüger*/warnung/vorsicht/phishing
        verstoß*/verstößt/verboten/untersagt/richtlinie*
    """),
    "steering_off_market.cancel": phrases("""
        wir/ich (dann) (deshalb) (daher) stornieren/storniere
        wenn/falls/sofern/sollten (sie) .. nicht/kein*/nicht-mehr/doch/möchten/wünschen/wollen
        im falle
        wie (von) (ihnen) gewünscht/besprochen
        gewünscht/gebeten/gefragt
    """),
    "repeats_market_notice": phrases("""
        leider
        entschuldig*/sorry/bedauer*
        verspät*/verzöger*/später/verzug
        problem*/fehler*/defekt*/beschädig*/kaputt*/fehlt/fehlen*/verloren/falsch*/mangel/mängel
        ausverkauft
        nicht verfügbar/vorrätig/lieferbar
        rücksend*/retour*/erstatt*/storn*/umtausch*/ersatz*
        ihre frage/anfrage/nachricht/bitte
        wie (von) (ihnen) (telefonisch) gewünscht/besprochen/vereinbart/gefragt
        bitte (um) (sie) (bestätigen) (teilen) (geben) (wählen) (prüfen) bestätigen/teilen/wählen/prüfen/antworten/
            melden/kontrollieren/mitteilen/bescheid
        könnten/können/würden sie
        gravur*/farbe/größe/personalisier*/wunsch*
        vor (der) (dem) ersten/gebrauch/benutzung/montage
        zoll*
    """),
}
