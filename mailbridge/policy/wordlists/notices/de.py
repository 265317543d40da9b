"""How the notices of marketplaces read in German: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

NOTICES = {
    "repeats_market_notice.thanks": phrases("""
        vielen/herzlichen/besten/lieben dank für (ihre*) (deine*) (den) (die) (das) (ihren) (deinen)
            (entgegengebrachtes) bestellung/einkauf/kauf/vertrauen/zahlung/auftrag
        danke/dankeschön/dank für (ihre*) (deine*) (den) (die) (das) (ihren) bestellung/einkauf/kauf/vertrauen/
            zahlung/auftrag
        (wir) danken (wir) (ihnen) (dir) (herzlich) (sehr) für (ihre*) (deine*) (den) (die) (das) (ihren)
            bestellung/einkauf/kauf/vertrauen/zahlung/auftrag
        wir bedanken uns (herzlich) für (ihre*) (den) (die) (das) bestellung/einkauf/kauf/vertrauen
        viel freude/spaß mit/an/beim
        stehen (wir) (ihnen) (jederzeit) (gern/gerne) zur verfügung
        wir wünschen (ihnen) viel freude/spaß
    """),
    "repeats_market_notice.order": phrases("""
        bestellung/auftrag/kauf (nr) (nummer) (<code>) (<number>) (ist) (wurde) (haben) (wir) (ist) (bei) (uns)
            (erfolgreich) eingegangen/bestätigt/erhalten/aufgenommen/angenommen/registriert/bearbeitet/
            entgegengenommen
        wir haben (ihre) (deine) (die) bestellung (erhalten) (erfolgreich) erhalten/bekommen/aufgenommen/verbucht
        bestätigen (wir) (ihnen) (hiermit) (den) (eingang) (ihre*) (ihrer) bestellung/eingang/kauf
        bestellbestätigung/auftragsbestätigung/kaufbestätigung
        bestellung wird (nun) (jetzt) (gerade) (derzeit) (für) (den) (sie) (versand) (versandfertig) bearbeitet/
            vorbereitet/verpackt/gepackt/zusammengestellt/kommissioniert/fertig
    """),
    "repeats_market_notice.shipping": phrases("""
        bestellung/paket/sendung hat (unser) (das) lager/haus verlassen
        bestellung/paket/sendung/ware/artikel/lieferung (nr) (<code>) (<number>) (ist) (wurde) (haben) (wir)
            (heute) (bereits) (soeben) (gerade) (an) (den) (dhl) (versandt) versandt/verschickt/versendet/
            abgeschickt/abgesendet/unterwegs/losgeschickt/übergeben/rausgegangen
        wir haben (ihre) (ihr) (deine) (dein) (die) (das) (bestellung) paket/bestellung/sendung/ware/artikel
            (heute) (soeben) (bereits) (an) (den) (dhl) versandt/verschickt/versendet/abgeschickt/übergeben
        versandbestätigung
        sendungsnummer/trackingnummer/tracking-nummer/sendungsverfolgung/paketnummer/sendungsverfolgungsnummer
        verfolg* (sie) (können) (ihre) (ihr) (deine) (die) (das) sendung/paket/bestellung
        sendung/paket/bestellung (hier) (jederzeit) verfolgen
        auf dem weg zu ihnen/dir
    """),
    "repeats_market_notice.delivery": phrases("""
        bestellung/paket/sendung/lieferung (<code>) (<number>) (ist) (wurde) (heute) (bereits) (erfolgreich)
            zugestellt/geliefert/angekommen/ausgeliefert/eingetroffen
        paket/sendung (liegt) (ist) (zur) abholung/abholbereit (bereit)
        voraussichtlich* (lieferung) (zustellung) (liefertermin) (lieferdatum) (zustelldatum) lieferung/zustellung/
            liefertermin/lieferdatum/geliefert/zugestellt/eintreffen/zustelldatum
        zustellbenachrichtigung/zustellbestätigung/lieferbestätigung
    """),
    "repeats_market_notice.payment": phrases("""
        zahlung/zahlungseingang/geldeingang/betrag (noch) (bisher) (bis) (heute) nicht (eingegangen) (erhalten)
            eingegangen/erhalten/feststellen/verbuchen
        (noch) kein* (zahlung) (zahlungseingang) zahlung/zahlungseingang (von) (ihnen) (feststellen) (erhalten)
            (verbuchen) (können) erhalten/feststellen/verbuchen/verzeichnen/eingegangen
        zahlungserinnerung/mahnung
        erinnern .. an (die) (ihre) (freundlich) (noch) (offene) (ausstehende) zahlung/rechnung
        erinnern .. .. an (die) (ihre) (freundlich) (noch) (offene) (ausstehende) zahlung/rechnung
        bitte (überweisen) (begleichen) (bezahlen) (zahlen) überweisen/begleichen/bezahlen/zahlen sie (den) (die)
            (ihre) (offenen) (ausstehenden) (offene)
        warten (wir) (noch) (auf) (ihre) (die) zahlung/zahlungseingang
        (ihre) zahlung (ist) (wurde) (bei) (uns) (erfolgreich) eingegangen/erhalten/verbucht/bestätigt
        wir haben (ihre) (die) zahlung (erhalten) erhalten/verbucht
        zahlungsbestätigung
    """),
    "repeats_market_notice.invoice": phrases("""
        anbei/anhang/beigefügt/angehängt (finden) (erhalten) (senden) (schicken) (übersenden) (wir) (sie) (ihnen)
            (ist) (die) (ihre) (eine) (zu) (zur) rechnung
        rechnung (finden) (sie) (ist) (befindet) (liegt) (sich) (für) (zu) (ihre) (ihrer) (bestellung) (im) (als)
            (in) anhang/anbei/beigefügt/angehängt/anlage/pdf
        ihre/deine rechnung zu/zur/für/nummer/nr
    """),
}
