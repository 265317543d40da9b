"""Italian phrases of the checks of wording: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases
from mailbridge.policy.wordlist import Wordlist
from mailbridge.policy.wordlists.notices.it import NOTICES
from mailbridge.policy.wordlists.topics.it import TOPIC
from mailbridge.policy.wordlists.unless.it import UNLESS

WORDLIST = Wordlist(
    code="it",
    negators=phrases("""
        non
        nessun*
        senza
        né
        invece di
        anziché
        vietato/proibito/vietata/impossibile
    """),
    negators_behind=phrases("""
        non
        vietato/proibito/vietata/proibita
    """),
    affirmers=phrases("""
        non lasciar*/farti/farsi sfuggire
        non dimentic*/esit*/perd*/perder*/scordar*
        non solo/soltanto
        non vediamo l'ora
        perché non
        senza impegno
    """),
    market=phrases("""
        piattaforma
        marketplace
        portale
        mercato
        allegro
        amazon
        ebay
        etsy
        vinted
        upxycled
        kaufland
        zalando
        subito
    """),
    find={
        "advertising": phrases("""
            nel nostro negozio/shop abbiamo anche/altri/altre/tanti/tante
            segui/seguite/segua (anche) la nostra pagina
            nuovo catalogo ... nostro negozio/shop/sito
            vedere/vedi/guardare/scoprire .. altre/altri/nuove/nuovi (creazioni/prodotti/articoli/modelli) ... nostro
                negozio/shop/sito
            nel nostro negozio/shop/sito trova/trovi/troverà/trovate/può-trovare/puoi-trovare ... altri/altre/anche/
                tanti/tante/molti/molte/tutta/tutti
            partono/iniziano/cominciano/arrivano i saldi
            saldi/sconti/promozioni nel nostro negozio/shop
            visita/visitate/visiti/visitare (anche) (il) (la) (i) (pure) (subito) nostro/nostra/nostri (nuovo) (nuova)
                negozio/sito/shop/vetrina/store/e-commerce
            vieni/venite/venga a trovarci/visitarci
            scopri/scoprite/scopra/scoprire/guarda/guardate/guardi/consulta/consultate/esplora/sfoglia/sfogliate/
                dai-un'occhiata/dia-un'occhiata/date-un'occhiata (anche) (pure) (a) (al) (alla) (agli) (alle) (sul)
                (sulla) (il) (la) (gli) (le) (i) (tutti) (tutte) (altri) (altre) nostri/nostre/nostra/nostro (altri)
                (altre) (nuovi) (nuove) (nuova) negozio/sito/shop/articoli/prodotti/offerte/collezione/catalogo/
                promozioni/inserzioni/novità/arrivi/creazioni/vetrina
            scopri/scoprite/scopra/guarda/guardate gli-altri/altri/le-altre/tutti (i) (nostri) prodotti/articoli/
                offerte/oggetti (in) (vendita) (nostro)
            occhiata al/alla/alle/ai/agli/anche (altri) (altre) (nostro) nostro/nostra/nostri/nostre/articoli/prodotti/
                negozio/shop/sito
            nuovi arrivi
            nuova collezione (ora) (è) (già) (da) (ora/adesso) disponibile/online/arrivata/in/primavera/autunno/estate
            nuovi prodotti/articoli (in) (ora) (disponibili) disponibili/arrivo/negozio
            è arrivata la nuova collezione
            iscriviti/iscrivetevi/iscriversi/si-iscriva/iscriva (subito) (gratis) (al) (alla) (ora) newsletter/
                nostra-newsletter/nostro-canale/mailing-list/club/gruppo
            iscrizione alla (nostra) newsletter
            la/alla nostra newsletter
            seguici/seguiteci/ci-segua (anche) (su/sui/sulla) (i) (nostri) (nostra) facebook/instagram/tiktok/social/su/
                sui/pagina
            metti/mettete mi-piace (alla) (nostra)
            potrebbe/potrebbero anche/interessarti/interessarvi/interessarle/piacerti/piacervi/piacerle (anche)
                interessarti/interessarvi/interessarle/piacerti/anche/altri/questi/il
            ti/vi/le potrebbe/potrebbero (anche) interessare/piacere
            clienti hanno (anche) acquistato/comprato anche
            offerta/offerte/promozione/promozioni/sconto/sconti/saldi speciale/speciali/esclusiva/esclusive/imperdibile/
                imperdibili/eccezionale/limitata/straordinaria/irripetibile/pazzesca (solo) (per) (te) solo/fino/per/su/
                sul/oggi/valida/a
            solo per oggi/pochi-giorni .. sconto/sconti/offerta/promozione
            saldi estivi/invernali/di-fine-stagione/di-primavera
            fino al <number> (per-cento) (di) sconto
            sconti fino al
            acquista/compra/ordina subito/adesso/oggi-stesso
            acquista/compra/prendi 2/due/3/tre ... paghi/paga/gratis/omaggio
            paghi 1/2/uno/due
            fino a esaurimento (delle) scorte
            vendiamo/abbiamo/offriamo/proponiamo anche/inoltre (altri) (molti) (tanti) (una) (linea) articoli/prodotti/
                modelli/borse/linea/accessori
            non perdere/perderti/perdetevi/perdete (le) (la) (i) (questa) (queste) (nostre) offerte/occasione/offerta/
                sconti/promozione/saldi/promozioni/novità
            approfitta/approfittate/approfitti (subito) (ora) (anche) (della) (delle) (dei) (di) (nostre) (nostra)
                (questa) offerta/offerte/promozione/promozioni/sconti/saldi/occasione
            aggiungi/aggiungete (il) nostro negozio (ai) (tra) preferiti
            consiglia/consigliate/raccomanda il-nostro/la-nostra/ci
            parla/parlate di noi (ai) (con) amici
            i nostri bestseller
        """),
        "coupon": phrases("""
            sconto/buono/coupon/codice ... prossimo/prossima/prossimi acquisto/ordine/acquisti/spesa
            prossimo/prossima acquisto/ordine ... meno/sconto/buono
            sconto con (il) codice
            codice (di) sconto/promo/promozionale/coupon <code>
            usa/usate/usi/utilizza/utilizzate/utilizzi/inserisci/inserite/inserisca/applica/applicate/sfrutta (pure)
                (il) (questo) (il-nostro) (lo) (il-tuo) codice/coupon/buono/voucher (sconto) (promo) (promozionale)
                <code>
            usa/usate/usi/utilizza/utilizzate/utilizzi/inserisci/inserite/inserisca/riscatta/sfrutta (pure) (il)
                (questo) (il) (nostro) (tuo) (un) codice/buono/coupon/voucher sconto/promozionale/promo
            con il/questo/nostro (nostro) codice <code>
            ecco (a) (lei) (un) (il) (per) (te) (per-te) (per-voi) (per-lei) (tuo) (suo) (vostro) (piccolo) codice/
                coupon/buono/voucher (sconto) (di) (da)
            il tuo/suo/vostro (personale) codice/buono/coupon sconto/promozionale/è/per
            ti/le/vi regaliamo/offriamo/inviamo/mandiamo/riserviamo (un) (uno) (il) codice/buono/coupon/sconto (di)
                (sconto) (del) sconto/codice/sul/sulla/per
            sconto/buono/coupon/codice/credito/voucher .. (da) (utilizzare) (per) (sul) (sulla) (sui) (il) (la) (tuo)
                (un) prossimo/prossima/prossimi/prossime/successivo/futuro/futuri/secondo/ulteriore acquisto/ordine/
                acquisti/ordini/spesa/spese
            sul/sulla/per-il/per-la/al (tuo) (suo) (vostro) prossimo/prossima/secondo acquisto/ordine ... sconto/coupon/
                buono/codice/omaggio
            sconto/sconti su tutto/tutti/tutta
            ricevi/riceverai/riceverà/riceverete/ottieni/otterrai/risparmia/avrai/avrà (uno) (il) (un) (subito) sconto/
                buono/coupon/codice (del) (di) (sconto)
            ricevi/riceverai/ottieni/otterrai/risparmia/avrai (il) <number> (per-cento) (di) sconto
            in allegato/omaggio (trova) (troverà) (trovi) (un) buono/coupon/codice (sconto)
            carta regalo (per) (il) (tuo) prossimo/acquisto
        """),
        "review_request.neutral": phrases("""
            piacere (una) (la) (sua) (tua) recensione
            recensione/recensioni/feedback (ci) (mi) aiuterebbe/aiuta/aiuterebbero/sarebbe/farebbe .. (molto) (piacere)
            due/qualche parole/parola .. recensione
            lascia/lasciate/lasci/lasciare/lasciarci/lasciaci/lasciateci/scrivi/scrivete/scriva/scrivere/scriverci/
                scrivici/pubblica/pubblicare/inserire/aggiungere/darci/dacci (pure) (per-favore) (una) (un) (la) (il)
                (tua) (sua) (vostra) (tuo) (breve) (onesta) (sincera) recensione/recensioni/feedback/valutazione/
                giudizio/opinione/commento
            lasciando/scrivendo/pubblicando/lasciarci (una) (un) (la) (tua) (sua) recensione/feedback/valutazione/
                commento
            recensisci/recensite/recensisca/recensire/recensirci (il) (lo) (la) (il-nostro) (tuo) (suo) prodotto/
                acquisto/negozio/nostro/ordine/articolo
            valuta/valutate/valuti/valutare (per-favore) (la) (il) (lo) (tua) (tuo) (suo) (nostro) (vostro) prodotto/
                acquisto/esperienza/venditore/servizio/negozio/transazione/nostro
            valutaci/valutateci/recensiscici
            la tua/sua/vostra (onesta) recensione/opinione/valutazione/feedback (è) (per) (noi) (molto) importante/
                conta/aiuta/preziosa/utile/ci
            saremmo/sarei (molto) (davvero) grati/felici/lieti/grato/lieto/felice (di) (se) ... recensione/feedback/
                valutazione
            apprezzeremmo (molto) (una) (la) (tua) (sua) (vostra) (un) recensione/feedback/valutazione
            le/ti/vi chiediamo/chiedo (gentilmente) (cortesemente) (di) (lasciare) (una) (scrivere) recensione/feedback/
                valutazione
            come valuta/valuti/valuterebbe/valuteresti
            condividi/condividete/condivida (la) (con-noi) (tua) (sua) (vostra) esperienza/opinione
            cosa ne pensi/pensa/pensate (del) (dei)
        """),
        "review_request.steering": phrases("""
            lasci*/dia/dacci/dare ... cinque/5 stelle/stelline
            recensione/recensioni/valutazione/feedback/commento/giudizio/opinione positiva/positivo/positive/favorevole/
                ottima/ottimo/buona/buono (a)
            buona/ottima/bella/bel/ottimo/buon/eccellente recensione/recensioni/valutazione/feedback
            4/cinque/5 stelle ... recension*/valuta*/feedback/lascia*
            recension*/valuta*/valutaci/feedback/lascia*/dacci/darci (con) (a) (una) (di) (da) (le) 5/cinque stelle
            se (è) (sei) (siete) (è-rimasto) (sei-rimasto) (rimasto) (rimasta) soddisfatto/soddisfatta/soddisfatti/
                contento/contenta/piaciuto/felice ... recension*/valuta*/feedback/lascia*
            se ti/le/vi (è) (sono) (il-prodotto) piaciuto/piace/piaciuta/soddisfa ... recension*/valuta*/feedback
            prima di lasciare/scrivere/pubblicare/dare (una) (un) (recensione) (feedback) negativa/negativo/neutra/
                recensione/feedback
            non lasci/lasciare/lasciate/scriva/scrivere (una) (un) (recensioni) (feedback) negativa/negativo/negativi/
                negative/recensione-negativa/feedback-negativo/recensioni
        """),
        "review_request.change_or_remove": phrases("""
            modific*/rimuov*/elimin*/cancell* (la) (il) (sua) (tua) recensione/feedback/giudizio
            togliere/modificare/rimuovere/cambiare (quella) (questa) recensione/feedback/valutazione
            modificare/modifica/modifichi/modificate/cambiare/cambia/cambi/rimuovere/rimuovi/rimuova/eliminare/elimina/
                elimini/cancellare/cancella/cancelli/togliere/ritirare/ritiri/ritira/rivedere/correggere/aggiornare
                (la) (il) (tua) (sua) (vostra) (tuo) (suo) (quella) recensione/feedback/valutazione/giudizio/commento
            modifica/rimozione/cancellazione/eliminazione/revisione della/del/di (sua) (tua) (suo) recensione/feedback/
                valutazione
            trasformare/cambiare (la) (il) (recensione) (feedback) (da) (negativa/negativo) in positiva/positivo
        """),
        "review_request.paid": phrases("""
            per/feedback-a/recensione-a cinque/5 stelle ... spedi*/rimbors*/regal*/omaggio/invi*/sconto
            feedback/recensione a/da/con cinque/5 stelle ... spedi*/rimbors*/regal*/omaggio/invi*/sconto
            in cambio di una (tua) (sua) (onesta) (positiva) (buona) recensione/valutazione
            in cambio (di) (della) (una) (un) (sua) (tua) (buona) recensione/valutazione/feedback
            lasci*/scriv*/pubblic* ... recensione/feedback/valutazione ... riceverai/riceverà/riceverete/ricevi/riceva/
                rimborso/rimborseremo/rimborsiamo/regalo/omaggio/buono/coupon/sconto/voucher/premio/regaliamo/cashback
            per (la) (una) (ogni) (tua) (sua) (positiva) recensione ... riceverai/riceverà/ricevi/rimborso/regalo/
                omaggio/buono/coupon/sconto/voucher/premio
            rimborso/rimborseremo/rimborsiamo/regalo/omaggio/buono/coupon/sconto/voucher/premio/cashback/gratis ... per/
                se/dopo/quando/appena .. (lascia*) (scriv*) recensione/valutazione/feedback-positivo
            rimborso/rimborseremo/rimborsiamo/regalo/buono/coupon/sconto/voucher/indennizzo ... modific*/rimuov*/
                elimin*/cancell*/cambi*/togli*/ritir* (la) (il) (sua) (tua) recensione/feedback/valutazione
            modific*/rimuov*/elimin*/cancell*/cambi*/togli*/ritir* (la) (il) (sua) (tua) recensione/feedback/
                valutazione ... rimborso/rimborseremo/rimborsiamo/regalo/buono/coupon/sconto/voucher/riceverà/riceverai
        """),
        "opt_out_request": phrases("""
            disattiva/disattivi/disattivare/disattivate/blocca/bloccare/bloccate/silenzia/disabilita/disabilitare ..
                notifiche/messaggi/email/e-mail/mail/avvisi di/da/del/della/dal/dalla <market>
            non desidera/vuole/vuoi/desideri (più) (ricevere) (le) (nostre) mail/email/e-mail/newsletter .. cancelli/
                cancellati/clicchi/clicca
            disattivare/disattivi/disattiva/bloccare le (sue) mail/email/e-mail/notifiche/messaggi di/da/del/della
                <market>
            disiscriviti/disiscriversi/cancellati/disiscrivetevi (qui) (dalla) (da) (cliccando) newsletter/qui/lista/
                cliccando/dalla
            cancellarsi/cancellarti/disiscriverti/disiscriversi/cancellare-l'iscrizione/annullare-l'iscrizione (dalla)
                (dalle) (da) newsletter/comunicazioni/lista/qui/clicca*/queste
            per disiscriverti/disiscriversi/cancellarti/cancellarsi/annullare-l'iscrizione/cancellare-l'iscrizione
            non desidera/desideri/desiderate/vuole/vuoi/volete (più) ricevere/ricevere-più (più) (altre) (queste) (le)
                (nostre) comunicazioni/messaggi/email/e-mail/mail/newsletter/notifiche
            smettere di ricevere
            annulla/annullare/annulli l'iscrizione/la-sottoscrizione
        """),
        "steering_off_market.contact": phrases("""
            mi/ci mandi/scriva/manda/scrivi/contatti ... su/via/per/con whatsapp/telegram/messenger/instagram/facebook
            mandami/mandaci/scrivimi ... su/via/per/con whatsapp/telegram/messenger/instagram/facebook
            facciamo/risolviamo fuori da/dalla/dal (di) <market>
            scrivici/scriveteci/scrivi/scriva/scrivere/contattaci/contattateci/contatti/contattarci/ci-contatti/
                ci-scriva/chiamaci/chiamateci/ci-chiami/scrivimi/contattami/mi-contatti/mi-scriva/chiamami/mi-chiami
                (pure) (per-favore) direttamente/privatamente/in-privato
            scrivici/scriveteci/scrivi/scriva/contattaci/contattateci/contattarci/ci-contatti/ci-scriva/scrivimi/
                contattami/mi-contatti/mi-scriva/chiamaci/chiamami (pure) (direttamente) (a) su/via/per/tramite/al/sul
                (il) (la) (nostra) (nostro) (mio) (mia) whatsapp/telegram/messenger/instagram/facebook/e-mail/email/
                mail/posta/telefono/numero/cellulare/signal
            contatt*/scriv*/parl*/comunic*/sentiamoci/accordarci/accordiamoci/continuiamo/mettiamoci ... fuori/
                al-di-fuori/all'esterno da/dalla/della/dal/del/di/dell' <market>
            fuori (da) (dalla) (dal) (di) <market> .. contatt*/scriv*/parl*/comunic*/accord*
            direttamente via/per/su/tramite/al whatsapp/telegram/e-mail/email/mail/telefono/cellulare/messenger/
                nostro-numero
            continuiamo/spostiamoci/sentiamoci/proseguiamo (la) (conversazione) (su/via/per) whatsapp/telegram/e-mail/
                email/mail/telefono/messenger
            mi/ci dia/dai/date/mandi/manda/mandate/lasci/lascia/invii/invia/fornisca (per-favore) (pure) (il) (la)
                (suo) (sua) (tuo) (tua) numero/e-mail/email/mail/indirizzo-e-mail/indirizzo-email/cellulare/telefono/
                whatsapp (privat*) (di-telefono) (personale)
            qual è (il) (la) (suo) (sua) (tuo) (tua) e-mail/email/mail/numero-di-telefono/numero-di-cellulare/whatsapp
            aggirare/aggirando/bypassare/scavalcare (la) (il) <market>
        """),
        "steering_off_market.purchase": phrases("""
            vend* ... privatamente
            direttamente sul/nel/dal/dalla nostro/nostra (sito) (negozio) (shop)
            compr*/ordin*/acquist*/vend*/accord* ... senza <market>
            ordin*/compr*/acquist* (lo) (la) (il) (prodotto) (pure) (anche) (prossima) (volta) direttamente da/sul/
                presso/nel/con/tramite noi/nostro/nostra/me
            ordin*/compr*/acquist* (lo) (la) (il) (prodotto) (pure) (anche) (prossima) (volta) sul/nel/dal/tramite/
                attraverso (il) (la) nostro/nostra/mio/mia (sito) (negozio) (shop) sito/negozio/shop/e-commerce/store/
                pagina/web
            ordin*/compr*/acquist*/vend*/transazione/affare/chiudere/concludere/concludiamo ... fuori/al-di-fuori da/
                dalla/della/dal/del/di <market>
            fuori (da) (dalla) (della) (dal) (di) <market> ... meno/sconto/prezzo/compr*/acquist*/vend*/ordin*
            meno/conveniente/conviene/risparmi*/sconto/prezzo-migliore/prezzo-più-basso/più-basso .. sul/nel/dal/presso/
                direttamente nostro/da-noi/nostra (sito) (negozio) (shop) (online)
            sul/nel nostro sito/negozio/shop/store ... meno/risparmi*/sconto/conveniente/prezzo-migliore/più-basso/paga
            direttamente da noi ... meno/risparmi*/sconto/conveniente/costa/paga
            senza (le) (la) commissioni/commissione/tariffe (di) (del) (della) (<market>)
            evitare/evitiamo/evitando/risparmiare/risparmiamo/risparmi (le) (la) (sulle) commissioni/commissione/tariffe
            saltare/saltando/senza passare (da) (per) (dalla) (la) <market>
            vendita privata fuori
        """),
        "steering_off_market.payment": phrases("""
            bonifico/ricarica/accredito (diretto) a me/noi
            paga/paghi/pagate/pagare/pagarci/versi/versare/invia/invii/inviare/bonifico (pure) (il) (la) (somma)
                (denaro) (importo) direttamente a/su/sul/con/tramite/con-bonifico (noi) (nostro) (me) noi/nostro/conto/
                me/bonifico/paypal
            paga*/vers*/bonifico ... fuori/al-di-fuori da/dalla/della/dal/del/di <market>
            versi/versare/versate .. sul/al nostro/mio/conto
            bonifico/versi/versare/invii/inviare/mandi/mandare/trasferisca/trasferire/accredit* (il) (la) (denaro)
                (somma) (importo) (pagamento) (bancario) sul/al/sulla nostro/mio/nostra/mia (conto) conto/iban/postepay/
                paypal/corrente
            paga/paghi/pagare/pagarci/paghi-pure/inviare/invii (il) (pagamento) con/tramite/via/su paypal/postepay/
                revolut/bonifico/contanti/satispay (direttamente) (a) (al) (sul) (nostro) (mio) noi/nostro/mio/
                direttamente/conto/me
            faccia/fai/fare/effettui/effettua/effettuare (un) (il) bonifico (bancario) (direttamente) (sul) (al)
                (nostro) nostro/mio/conto/direttamente/questo/seguente
            paypal (tra) amici (e) familiari
            ricarica postepay
        """),
        "steering_off_market.cancel": phrases("""
            annulli/annulla/annullate/cancelli/cancella/cancellate/disdica (per-favore) (pure) (gentilmente) (qui) (il)
                (l') (suo) (tuo) (su) (lo) ordine/acquisto/l'ordine/l'acquisto
            può/puoi/potrebbe/potresti/potete/chiediamo-di/chiedo-di/la-prego-di/prego-di/preghiamo-di/gentilmente
                (per-favore) (gentilmente) annullare/cancellare/disdire (il) (l') (suo) (tuo) ordine/acquisto/l'ordine/
                l'acquisto
            annull*/cancell* ... (e) (poi) ordin*/compr*/acquist*/riordin* (direttamente) (di) (nuovo) (sul) (da) noi/
                nostro/nostra/direttamente
            richieda/richiedere/richiedi l'annullamento/la-cancellazione
            le/ti/vi chiediamo/chiedo (gentilmente) (cortesemente) l'annullamento/di-annullare/di-cancellare
        """),
        **NOTICES,
        "profanity": phrases("""
            cazzo/cazzi/cazzata/cazzate/cazzone/cazzoni/incazzat*
            vaffanculo/fanculo/affanculo/vaffa
            stronzo/stronza/stronzi/stronze/stronzata/stronzate
            merda/merde/merdoso/merdosa
            puttana/puttane/puttanata/puttanate
            coglione/coglioni/cogliona/coglionata/coglionate
            bastardo/bastarda/bastardi/bastarde
            figlio/figli/figlia di puttana
            rompicoglioni
            minchia/minchiata/minchiate/minchione
            zoccola/zoccole
            culo
            inculare/inculat*/inculo
            fottiti/fottuto/fottuta/fottuti/fottetevi/fottere
            porco dio
            dio cane/porco
            porca puttana/troia
            pirla
            testa di cazzo
        """),
        "service_question": phrases("""
            come/dove (posso/devo/si-può/possiamo) restituire/rendere/rispedire
            come/dove .. .. restituire/rendere/rispedire
            vorrei/voglio/vorremmo restituire/rendere/rispedire
            a quale/che indirizzo .. restituire/rendere/rispedire/spedire
            indirizzo .. reso/resi/restituzione
            etichetta .. reso/restituzione
            come .. .. fare/aprire/chiedere il/un reso
            quando .. ricevo/riceverò/arriva .. rimborso
        """),
        **TOPIC,
    },
    unless=UNLESS,
    courtesy=phrases("""
        gentile/egregio/egregia/spettabile
        buongiorno/buonasera/salve/ciao
        buon giorno/pomeriggio
        cordiali/distinti/cari saluti
        cordialmente
        un saluto
        buona giornata/serata
        il team
        servizio clienti
    """),
    function_words=tuple(
        (
            "il di che per non una è la del della con le si sono ho abbiamo nel al alla gli dei suo sua questo "
            "anche come ma ha stato i lo un delle nostro da più"
        ).split()
    ),
)
