"""German phrases of the checks of wording: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases
from mailbridge.policy.wordlist import Wordlist
from mailbridge.policy.wordlists.notices.de import NOTICES
from mailbridge.policy.wordlists.topics.de import TOPIC
from mailbridge.policy.wordlists.unless.de import UNLESS

WORDLIST = Wordlist(
    code="de",
    negators=phrases("""
        nicht
        kein*
        nie/niemals
        ohne
        weder/noch-nie
        statt/anstatt/anstelle
        verboten/untersagt
    """),
    negators_behind=phrases("""
        nicht
        kein*
        leider-nicht
        nie/niemals
        verboten/untersagt/unzulässig
    """),
    affirmers=phrases("""
        nicht vergessen/verpassen/zögern/entgehen/versäumen/nur
        nicht .. entgehen/vergessen/verpassen
        vergessen/verpassen/zögern/versäumen sie nicht
        vergiss/vergesst/verpass/verpasst/zöger/zögere/zögert (bitte) nicht
        warum nicht
        noch nicht genug
    """),
    market=phrases("""
        plattform
        marktplatz/marktplatzes
        allegro
        amazon/amazons
        ebay
        etsy
        vinted
        upxycled
        kaufland
        zalando
        otto
        kleinanzeigen
        portal/portals
    """),
    find={
        "advertising": phrases("""
            neu im shop/sortiment/onlineshop/laden
            werfen/wirf/werft (sie) .. blick auf/in unser* ... artikel/produkte/angebote/sortiment/shop/kollektion/
                neuheiten
            im/in-unserem (online) shop/onlineshop/laden/webshop finden/gibt/findest/haben (sie) (es) (du) (wir) ..
                auch/weitere/noch/passende/viele/andere/tolle
            sale/rabatte/rabattaktion/ausverkauf/sonderverkauf (in) (bei) unserem/unserm shop/onlineshop/laden
            sale in unserem shop/onlineshop/laden
            besuch/besuche/besuchen/besucht (sie) (doch) (auch) (gern/gerne) (uns) (mal) (einmal) (bitte) unser*/uns-in/
                uns-auf/uns-online (neuen) shop/onlineshop/online-shop/webshop/laden/seite/website/webseite/homepage/
                store/internetseite/in/auf/online
            schauen/schau/schaut/stöbern/stöber/stöbere/entdecken/entdecke/sehen/klicken (sie) (doch) (sich) (auch)
                (gern/gerne) (mal) (einmal) (bitte) (noch) (in) (auf) (bei) (vorbei) unser*/meinem/meinen/meine (neuen)
                (neue) (weiteren) (anderen) (gesamtes) (aktuellen) (übrigen) (breites) shop/onlineshop/online-shop/
                webshop/laden/seite/website/webseite/homepage/store/sortiment/angebot/angebote/angeboten/artikel/
                produkte/kollektion/katalog/auktionen/neuheiten/bestseller/weiteren
            schauen/schau/schaut (sie) .. bei-uns/in-unserem/auf-unserer .. vorbei
            unsere neue/neuen/aktuelle/neueste kollektion/produkte/artikel/angebote/modelle/ware (ist) (sind) (jetzt)
                (ab) (sofort) (nun) (online) (da) (eingetroffen) da/jetzt/online/eingetroffen/erhältlich/verfügbar/nun
            neue kollektion/ware/produkte/artikel (ist) (sind) eingetroffen/da/online/erhältlich
            neu eingetroffen
            neu im sortiment
            abonnier*/bestellen/anmelden/melden/registrieren/trag*/eintragen (sie) (sich) (dich) (doch) (jetzt)
                (gleich) (auch) (für) (zu) (zum) (in) (bei) unser*/zum/zu/den/für newsletter/mailingliste/kundenclub
            unser*/den newsletter abonnieren/bestellen/anmelden
            newsletter (an) anmelden/abonnieren/bestellen/anmeldung
            melden sie sich .. newsletter
            unser/unserem/unseren newsletter
            folgen/folge/folgt/liken/like (sie) (uns) (doch) (auch) (gerne) uns/unserer/unserem/unsere (auf) (seite)
                (kanal) (profil) (bei) (facebook/instagram)
            könnte/könnten/dürfte/wird/werden sie/ihnen/dich/dir (auch) (vielleicht) interessieren/gefallen
            das könnte/könnten (sie) (dir) (ihnen) (auch) interessieren/gefallen
            kunden kauften auch
            wir führen/bieten/haben/verkaufen (auch) (noch) (außerdem) (ebenfalls) (weitere) (andere) (viele) weitere/
                andere/außerdem/auch-noch/ebenfalls/viele (schöne) artikel/produkte/modelle/angebote/farben-im-shop/
                taschen/waren
            tolle/besondere/exklusive/einmalige/unschlagbare/super/große sonderangebot*/angebote/aktion/rabattaktion/
                rabatte/sale nur/bis/jetzt/für/im/auf/in
            nur heute/noch-heute/bis-sonntag/für-kurze-zeit/kurze-zeit .. rabatt/sale/prozent/reduziert/angebot
            sommerschlussverkauf/winterschlussverkauf/räumungsverkauf/sommersale/wintersale
            sonderangebot*/rabattaktion*/sale (läuft) (noch) (nur) (jetzt) (bis) bis/jetzt/nur/läuft/endet/im-shop/
                auf-alle*/auf-das
            bis zu <number> (prozent) (günstiger) reduziert/rabatt/günstiger/sparen
            jetzt bestellen/zugreifen/kaufen/sparen/shoppen/zuschlagen
            solange (der) vorrat/vorräte reicht/reichen
            empfehl*/empfiehl (sie) uns (gern/gerne) (doch) (bitte) weiter/ihren/deinen/freunden
            unsere bestseller
            freunde werben
            speichern/merken sie .. unseren shop .. favoriten
            lassen sie sich (diese) (dieses) (unsere) .. nicht entgehen
        """),
        "coupon": phrases("""
            gutschein*/rabatt*/nachlass/prozent/coupon ... nächste*/kommende* bestellung*/einkauf*/kauf
            nächste*/kommende* bestellung*/einkauf*/kauf ... günstiger/weniger/rabatt*/gutschein*
            sparen (sie) (du) ... mit (dem) code
            rabattcode*/gutscheincode*/aktionscode*/rabatt-code/gutschein-code/vorteilscode/promocode*/gutscheinnummer
                (lautet) (ist) (für) (sie) (dich) (ihren) (deinen) (einkauf) <code>
            mit (dem) (unserem) (diesem) (ihrem) (persönlichen) code/gutscheincode/rabattcode <code>
            mit (dem) (unserem) (diesem) (ihrem) (persönlichen) code/gutscheincode/rabattcode ... rabatt/sparen/
                nachlass/prozent/günstiger
            nutzen/nutze/verwenden/verwende/einlösen/lösen/geben/eingeben/benutzen (sie) (einfach) (dafür) (doch)
                (gerne) (beim) (dazu) (unser*) (den) (diesen) (ihren) (bei) (der) (nächsten) (bestellung) gutschein/
                gutscheincode/rabattcode/aktionscode/code/coupon/rabattgutschein
            hier (ist) (finden) (sie) (ihr) (dein) (ein) (einen) (unser) (kleiner) (persönlicher) (kommt) gutschein*/
                rabattcode/coupon/rabattgutschein/code-für
            ihr/dein (persönlicher) (exklusiver) gutschein/gutscheincode/rabattcode/coupon/rabattgutschein für/lautet/
                ist/beträgt/über
            gutschein/gutscheins/gutscheine/rabatt/nachlass/prozent/coupon/rabattcode/gutscheincode/guthaben ..
                auf/für/bei/beim (ihre*) (deine*) (die) (der) (den) (einen) (eine) nächste*/kommend*/zukünftig*/
                künftig*/weiteren/zweite* (online) bestellung*/einkauf/einkäufe*/kauf/käufe
            auf/bei/beim/für (ihre*/deine*/die/der/den/ihren/deinen) nächste*/kommend*/zweite* bestellung*/einkauf/kauf
                ... rabatt/gutschein*/nachlass/prozent/rabattcode/code/günstiger
            rabatt/prozent/nachlass auf alles/alle/das-gesamte/unser-gesamtes/das-ganze
            erhalten/bekommen/sichern/erhältst/bekommst/sparen (sie) (du) (sich) (dir) (jetzt) (dann) (auf) (mit)
                <number> (prozent) (euro) (eur) rabatt/nachlass/gutschein*/bei/auf/beim (ihrer/ihrem/ihre/ihren/der/den/
                dem) nächste*
            liegt/beiliegend*/anbei (ein) (der) (finden) (sie) (einen) (ihrem) (paket) (ihr) gutschein*/rabattcode/
                coupon/rabattgutschein
        """),
        "review_request.neutral": phrases("""
            über ... bewertung/rezension/beurteilung ... freuen/freue
            um/über eine rezension
            über ... bewertung/rezension/beurteilung .. sehr/freuen/freue
            nette/liebe/freundliche worte .. bewertung
            bewerten/bewerte/bewertet (sie) (du) (uns) (bitte) (doch) (gern/gerne) uns/unser*/den-artikel/das-produkt/
                den-kauf/ihren-kauf/ihre-bestellung/ihren-einkauf/den-verkäufer/deinen-kauf/dieses-produkt/
                diesen-artikel
            uns (zu) (ehrlich) (kurz) bewerten
            uns/mir (doch) (bitte) (gerne) (kurz) (eine) (ehrliche) (kurze) (ihre) (deine) bewertung/rezension/feedback/
                rückmeldung/beurteilung (zu) (zum) (produkt) geben/hinterlassen/schreiben/abgeben/dalassen/schenken/
                abzugeben/hinterlassen/zu-geben/zu-hinterlassen
            (eine) (ehrliche) (kurze) (ihre) (deine) bewertung/rezension/produktbewertung/verkäuferbewertung (auf)
                (bei) (für) (uns) (den-artikel) (<market>) (zu) geben/hinterlassen/schreiben/abgeben/dalassen/verfassen/
                abzugeben/hinterlassen/abgäben/hinterließen/schrieben
            hinterlassen/schreiben/geben/hinterlass/schreib/schreibe/gib/verfassen (sie) (uns) (mir) (bitte) (doch)
                (gern/gerne) (eine) (ehrliche) (kurze) (ihre) (deine) (ein) (ehrliches) bewertung/rezension/feedback/
                beurteilung
            freuen/freue/freut (uns) (mich) (wir) (sehr) (wir-uns) über (eine) (ihre) (deine) (jede) (ehrliche) (kurze)
                bewertung/rezension/feedback/beurteilung
            bitten (wir) (sie) (um) (eine) (ihre) (ehrliche) (kurze) bewertung/rezension/produktbewertung
            um (eine) (ihre) (deine) (ehrliche) (kurze) bewertung/rezension/produktbewertung
            ihre/deine bewertung/meinung/rezension (ist) (uns) (hilft) (sehr) wichtig/hilft/zählt/uns-sehr/anderen
            wie zufrieden sind/waren sie
            wie würden sie .. bewerten
            teilen/teile (sie) (uns) (doch) (bitte) (gerne) ihre/deine erfahrung*/meinung
        """),
        "review_request.steering": phrases("""
            lassen/lass/geben/gib/vergeben (sie) (uns) .. fünf/5 sterne
            positive/positiven/gute/guten/nette/netten/tolle/tollen/5-sterne/fünf-sterne/5-sterne-/freundliche/
                freundlichen bewertung/bewertungen/rezension/rezensionen/beurteilung
            positives/gutes feedback (geben) (hinterlassen) (schreiben) (abgeben) geben/hinterlassen/schreiben/abgeben/
                freuen
            5-sterne-bewertung/fünf-sterne-bewertung/5-sterne-rezension/fünf-sterne-rezension
            bewert* ... mit (5/fünf) (vollen) (5) sterne/sternen/punktzahl
            bewert* ... 5/fünf/volle sterne/sternen
            5/fünf/volle sterne ... bewert*/rezension*/geben/vergeben/hinterlassen
            wenn/falls/sofern (sie) (du) (ihr) (mit) (uns) (dem) (der) (artikel) (produkt) (lieferung) (ihrem) (kauf)
                zufrieden/gefällt/glücklich ... bewert*/rezension*/sterne
            wenn/falls (ihnen) (dir) .. gefällt/gefallen ... bewert*/rezension*/sterne
            bevor (sie) (du) (uns) (eine) (ein) (schlecht) negative/negativ/schlechte/schlecht/neutrale/negatives
                (bewertung) (bewerten) bewert*/rezension*/feedback
            bevor/ehe sie uns negativ/schlecht bewerten
            keine negative/negativen/schlechte/schlechten (bewertung*) bewertung*/rezension*
        """),
        "review_request.change_or_remove": phrases("""
            bewertung/rezension (noch) (einmal) zu überarbeiten/ändern/löschen/entfernen/überdenken/korrigieren/
                überprüfen
            bewertung/rezension/feedback/beurteilung (doch) (bitte) (wieder) (noch) (einmal) (noch-einmal) (zu) (in)
                (eine) (positive) ändern/löschen/entfernen/zurückziehen/zurücknehmen/anpassen/überarbeiten/abändern/
                korrigieren/zurückzuziehen/zurückzunehmen/anzupassen/abzuändern/umzuwandeln/umwandeln/überdenken/
                revidieren
            ändern/löschen/entfernen/ändere/lösche/entferne (sie) (bitte) (doch) (ihre) (deine) (die) (negative)
                (schlechte) (neutrale) bewertung/rezension/feedback/beurteilung
            ziehen/nehmen/passen sie (bitte) (ihre) (die) (negative) (schlechte) bewertung/rezension (bitte) (wieder)
                zurück/an
            änderung/löschung/entfernung/rücknahme (ihrer) (der) (deiner) (negativen) (schlechten) bewertung/rezension
        """),
        "review_request.paid": phrases("""
            für fünf/5 sterne ... schicken/senden/erhalten/bekommen/erstatt*/geschenk*/gutschein*
            als dank/dankeschön/belohnung/gegenleistung für (ihre) (deine) (eine) (die) (positive) (ehrliche) (gute)
                bewertung/rezension/5-sterne-bewertung/produktbewertung
            für (ihre) (deine) (eine) (jede) (die) (positive) (ehrliche) (gute) (5-sterne) bewertung/rezension/
                5-sterne-bewertung/produktbewertung ... erhalten/bekommen/gutschein*/rabatt*/geschenk*/erstatt*/gratis/
                euro/eur/prämie/belohn*/cashback/schenken
            im gegenzug/austausch .. bewertung/rezension
            gutschein*/rabatt*/geschenk*/erstatt*/gratis/prämie*/cashback/belohnung/rückerstattung/kostenlos* ... für/
                wenn/nach/sobald/gegen .. (positive) (ehrliche) (gute) bewertung/rezension/bewerten/5-sterne-bewertung/
                produktbewertung
            bewertung/rezension ... erhalten/bekommen (sie) (du) (von) (uns) (einen) (ein) (als) (dank) gutschein*/
                rabatt*/geschenk*/prämie*/cashback/euro/eur
            bewerten (sie) ... erhalten/bekommen (sie) (von) (uns) (dafür) (einen) (ein) (als) (dank) gutschein*/
                rabatt*/geschenk*/prämie*/cashback/euro/eur
            bewertung/rezension (zu) ändern/löschen/entfernen/zurückziehen/zurücknehmen ... erstatt*/gutschein*/rabatt*/
                geschenk*/überweisen/entschädig*
            erstatt*/gutschein*/rabatt*/geschenk*/entschädig* ... bewertung/rezension (zu) (wieder) ändern/löschen/
                entfernen/zurückziehen/zurücknehmen
            gewinnspiel .. bewertung*
        """),
        "opt_out_request": phrases("""
            nachrichten/e-mails/mails/benachrichtigungen (von) (vom) (der) (des) <market> .. abbestellen/abzubestellen/
                abschalten/deaktivieren/ausschalten/blockieren/sperren
            deaktivieren/blockieren/sperren (sie) (bitte) (alle) (die) (diese) benachrichtigungen/nachrichten/mails/
                e-mails (von) (vom) (der) (des) <market>
            schalten/bestellen/stellen sie (bitte) (die) (alle) benachrichtigungen/nachrichten/mails/e-mails (von)
                (vom) (der) (des) <market> .. ab/aus
            e-mails/mails/nachrichten/benachrichtigungen von <market> ... abschalten/abbestellen/deaktivieren/
                ausschalten/blockieren
            können sie sich (jederzeit) (hier) abmelden/austragen
            newsletter (hier) (jederzeit) abbestellen/abzubestellen/abmelden
            newsletter können/kannst .. (jederzeit) abbestellen/abmelden
            abbestellen/abmelden (sie) (sich) (können) (hier) klicken/link/hier/vom-newsletter/unter
            melden sie sich (hier) (bitte) (vom) (von) (unserem) (den) (newsletter) ab
            sich (hier) (jederzeit) (vom) (von) (unserem) newsletter/verteiler/mailverteiler (abmelden) (abzumelden)
                abmelden/abzumelden/austragen
            aus (dem) (unserem) verteiler/newsletter austragen/abmelden/auszutragen
            keine (weiteren) (weitere) (solchen) (mehr) nachrichten/mails/e-mails/newsletter/benachrichtigungen/werbung
                (von) (uns) (mehr) (dieser) (art) (zu) (erhalten) erhalten/bekommen/empfangen (möchten) (wollen)
                möchten/wollen/möchtest/willst/klicken
            abmeldelink
        """),
        "steering_off_market.contact": phrases("""
            telefonisch bei uns/mir
            melden sie sich (einfach) (bitte) (gern/gerne) telefonisch/per-telefon/per-whatsapp/über-whatsapp
            schreiben/schreib/schreibe/kontaktieren/kontaktiere/mailen/melden/rufen/anrufen/wenden (sie) (sich) (du)
                (uns) (mir) (mich) (bitte) (doch) (gern/gerne) (am) (besten) (lieber) (einfach) (an) (uns) direkt/
                privat/außerhalb (an) (uns) (bei) (per) (über) uns/mir/mich/bei-uns/per/unter/an/über/e-mail/
                telefonisch/der
            direkt/privat per/über/via whatsapp/telegram/e-mail/email/mail/telefon/messenger/instagram/signal/facebook
            direkter kontakt ... außerhalb
            schreib*/kontaktier*/kommunizier*/besprechen/klären/regeln/unterhalten/melden/kontakt/austauschen ...
                außerhalb (von) (der) (des) (dieser) <market>
            außerhalb (von) (der) (des) (dieser) <market> .. schreib*/kontaktier*/kommunizier*/besprechen/klären/regeln/
                melden/abwickel*/kontakt*
            schreib*/kontaktier*/melden/erreich*/ruf*/schick* (sie) (uns) (mir) (mich) (bitte) (doch) (gerne) (lieber)
                (einfach) über/per/auf/via/bei whatsapp/telegram/signal/viber/messenger/facebook/instagram/telefon/
                unsere-e-mail/unsere-mail
            rufen sie (uns) (mich) (bitte) (doch) (gerne) (direkt) (kurz) an
            nennen/geben/schicken/senden/teilen (sie) (uns) (mir) (bitte) (doch) (kurz) (mal) ihre/deine (private)
                (persönliche) (direkte) (eigene) e-mail-adresse/email-adresse/mail-adresse/mailadresse/emailadresse/
                e-mail/email/telefonnummer/handynummer/mobilnummer/whatsapp-nummer
            an <market> vorbei
            unter umgehung (von) (der) (des) <market>
        """),
        "steering_off_market.purchase": phrases("""
            verkauf* ... privat
            privat ohne gebühren/provision/<market>
            ohne <market> ... sparen/günstiger/billiger/gebühren/kaufen/verkaufen
            günstiger/billiger/kaufen/verkaufen/bestellen/machen ... ohne <market>
            sparen/spar/spart (sie) (wir) (uns) (beide) (so) (die) gebühren/provision/verkaufsprovision
            bestell*/kauf*/erwerben/ordern (sie) (du) (es) (ihn) (das) (den) (artikel) (bitte) (doch) (lieber) (beim)
                (nächsten) (mal) (künftig) (gerne) direkt (bei) (über) (in) (auf) uns/bei-uns/über-unser*/in-unser*/
                auf-unser*/unser*/mir
            direkt bei uns (im) (in) (shop) (laden) (onlineshop) bestell*/kauf*/günstiger/billiger/bestellen
            direkt (über) (in) (auf) unser* (eigenen) (eigene) shop/onlineshop/webshop/website/webseite/homepage/seite
            bestell*/kauf*/ordern (sie) (du) (es) (ihn) (das) (bitte) (doch) (lieber) (beim) (nächsten) (mal) (gerne)
                (nächste) über/in/auf unser*/meinem/meine/meiner (eigenen) (eigene) shop/onlineshop/online-shop/webshop/
                website/webseite/homepage/seite
            (über) (in) (auf) unser* (eigenen) (eigene) shop/onlineshop/online-shop/webshop/website/webseite/homepage
                ... günstiger/billiger/bestellen/kaufen/rabatt/sparen
            günstiger/billiger/preiswerter/weniger .. bei-uns-direkt/direkt-bei-uns/in-unser*/auf-unser*/über-unser*/
                im-eigenen (shop) (onlineshop) (webshop) (website) (webseite) (homepage) (seite)
            bestell*/kauf*/verkauf*/abwickel*/geschäft/handel/deal ... außerhalb (von) (der) (des) (dieser) <market>
            außerhalb (von) (der) (des) (dieser) <market> ... günstiger/billiger/bestell*/kauf*/verkauf*/abwickel*/
                rabatt*
            gebühren/provision (von) (der) (des) (<market>) sparen/umgehen/vermeiden/zu-sparen/zu-umgehen
            ohne (die) (<market>) gebühren/provision/<market>-gebühren (von) (<market>) günstiger/billiger/verkaufen/
                anbieten/kaufen/bestellen
            privat/privaten verkauf/kauf/geschäft/deal ohne <market>
        """),
        "steering_off_market.payment": phrases("""
            überweisen/überweise/schicken/senden/zahlen (sie) mir/uns (bitte) (einfach) das/den/die (geld) (betrag)
                geld/betrag/summe/kaufpreis
            überweis*/zahl*/bezahl*/überweisen (sie) (du) (den) (das) (die) (betrag) (geld) (bitte) (doch) (einfach)
                (lieber) direkt (an) (auf) (per) uns/unser*/mein*/mich/an/auf/per
            überweis*/zahl*/bezahl*/zahlung ... außerhalb (von) (der) (des) (dieser) <market>
            überweisen/überweise/überweis/zahlen/zahle/schicken/senden (sie) (uns) (mir) (bitte) (den) (das) (die)
                (betrag) (geld) (summe) .. auf/an unser*/mein*/folgendes (bankkonto) (konto) bankkonto/konto/iban/
                paypal*/kontonummer
            auf unser (bank) konto/bankkonto (zu) überweis*
            per/mit/über paypal/revolut/bitcoin/kryptowährung/western-union/banküberweisung/überweisung (direkt) (an)
                uns/an-uns/mich/direkt
            paypal (an) freunde (und) (familie)
            freunde und familie .. paypal
            paypal .. freunde und familie
        """),
        "steering_off_market.cancel": phrases("""
            brechen sie (bitte) (doch) den/die kauf/bestellung (bitte) (hier) ab
            stornier* sie/du/bitte/doch .. ihr*/die/diese*/dein*/den (hier) bestellung/kauf/auftrag
            stornieren bitte .. bestellung/kauf/auftrag
            stornier* (bitte) die/diese/deine/ihre bestellung
            bitte (ihre) (die) (diese) (deine) bestellung/kauf/auftrag (selbst) (hier) (über) (ihr) (konto) (zu)
                stornier*/widerruf*
            bitten (wir) (sie) (darum) .. bestellung/kauf (zu) (selbst) stornier*
            bitten (wir) (sie) um (die) stornierung/storno
            könn*/würd* (sie) (du) (bitte) (die) (ihre) (diese) (deine) bestellung/kauf (bitte) (selbst) stornieren
            stornier* ... und/dann/anschließend (dann) (danach) (direkt) (bestell*) (kauf*) .. bei-uns/direkt/in-unser*/
                über-unser*/auf-unser*/neu-bestell*/erneut
            fordern/beantragen sie (bitte) (die) (eine) stornierung .. an/ihre*
        """),
        **NOTICES,
        "profanity": phrases("""
            scheiße/scheiß/scheißdreck/scheißladen/scheißteil/beschissen*/scheißegal/scheißding/scheißhaufen/anscheißen/
                verscheißern/bescheißen
            arschloch/arschlöcher/arschgeige/arschgesicht/arschkriecher
            leck/leckt mich am
            am arsch
            verarsch*
            arsch
            fick/ficken/fickt/ficker/verfickt*/gefickt/abgefickt*/fickdich
            wichser/wichsern/wixer/wichse
            hurensohn/hurensöhne/hurensohns
            hure/huren
            fotze/fotzen/votze
            schlampe/schlampen
            missgeburt/missgeburten
            drecksau/drecksack/dreckschwein/drecksladen
            pisser/verpiss/verpisst/angepisst
            miststück
            kackladen/kacke
        """),
        "service_question": phrases("""
            (wie/wo/wohin) kann/muss/soll/können/müssen ich/wir .. .. zurückschicken/zurücksenden/zurückgeben/umtauschen
            wie/wohin schicke/sende/gebe ich .. .. zurück
            möchte/will/würde .. .. (gerne) zurückgeben/zurückschicken/zurücksenden/umtauschen
            wie/wo lautet/ist/finde .. .. rücksendeadresse/rücksendeetikett/retourenlabel/retourenschein
            brauche/benötige .. .. rücksendeetikett/retourenlabel/retourenschein
            wann bekomme/erhalte ich .. .. geld/erstattung (zurück)
            wie funktioniert/geht .. .. rückgabe/rücksendung/retoure
        """),
        **TOPIC,
    },
    unless=UNLESS,
    courtesy=phrases("""
        sehr geehrte/geehrter
        guten tag/morgen/abend
        hallo
        liebe/lieber
        mit freundlichen/besten/freundlichem
        freundliche/viele/liebe/beste/herzliche grüße/grüßen
        schönen/einen-schönen tag/abend
        ihr/dein/euer team
        kundenservice/kundendienst
    """),
    function_words=tuple(
        (
            "der die das und ist nicht sie wir ich ein eine einen zu mit für auf den dem von im bei haben ihre "
            "ihr ihnen wird auch noch aber oder sind bitte es nach werden kann"
        ).split()
    ),
)
