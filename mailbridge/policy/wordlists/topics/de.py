"""What mails of buyers are about, in German: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

TOPIC = {
    "topic.question": phrases("""
        wie/wann/wo/was/welche/welcher/welches/wieviel/warum/wieso
            ist/sind/kann/können/lange/viel/groß/hat/haben/wird/bekomme
        haben/können/könnten/sind/liefern/passt/ist/gibt sie/der/die/das/es/dieser/diese/dieses
        ich habe eine frage
        frage zu/zur/zum
        wollte/möchte wissen/fragen
        verfügbar/lieferbar/vorrätig
        auf lager
    """),
    "topic.shipping": phrases("""
        versand*/versend*/verschick*
        liefer*
        zustell*/zugestellt
        paket*/päckchen
        sendung*
        sendungsnummer/sendungsverfolgung/trackingnummer/tracking
        paketdienst/kurier/postbote/packstation
        wann .. kommt/ankommt/geliefert
        wo bleibt/ist .. bestellung/paket/ware/lieferung
        nicht angekommen/erhalten/bekommen/da
        noch nichts
        adresse ändern
        zoll
    """),
    "topic.invoice": phrases("""
        rechnung*
        ust-id*
        umsatzsteuer*
        mehrwertsteuer*/mwst
        steuernummer
        quittung
        kassenbon/kaufbeleg
        gutschrift
        firmenadresse
    """),
    "topic.return": phrases("""
        rücksend*/zurücksend*/zurückschick*/retour*/retoure
        rückgabe*/zurückgeben
        schicke/sende .. zurück
        erstatt*/rückerstatt*
        geld zurück
        widerruf*/widerrufe
        umtausch*/umtauschen/tauschen
        stornier*/storno
        falsche größe
        zu groß/klein
        kündig*
    """),
    "topic.complaint": phrases("""
        defekt*
        kaputt*
        beschädigt*/beschädigung
        zerbrochen*/zerkratzt*/verkratzt*
        funktioniert/funktionieren/passt/geht .. nicht
        geht nicht mehr
        falsche/falscher/falsches/falschen artikel/ware/produkt/farbe/modell
        fehlt/fehlen/fehlende/fehlendes
        unvollständig*
        nicht wie beschrieben
        mangel*/mängel*
        reklam*/reklamation
        beschwer*
        garantie*/gewährleistung*
        enttäuscht*/unzufrieden/frechheit/unverschämt*
        betrug/betrüger/fälschung/gefälscht
        nie angekommen/erhalten
        verloren
        immer noch keine/nicht
        anwalt/verbraucherschutz
    """),
}
