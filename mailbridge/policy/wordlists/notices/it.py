"""How the notices of marketplaces read in Italian: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

NOTICES = {
    "repeats_market_notice.thanks": phrases("""
        grazie (mille) per (aver) acquistato/comprato/ordinato (da) (noi)
        grazie (mille) (tante) (di-cuore) per (il) (la) (averci) (aver) (lo) (l') (tuo) (suo) (vostro) (recente)
            acquisto/ordine/l'acquisto/l'ordine/acquistato/scelto/comprato/ordinato/fiducia/pagamento
        (la) (ti) (vi) ringraziamo/ringrazio (molto) (di-cuore) per (il) (la) (averci) (aver) (lo) (l') (tuo) (sua)
            (suo) (vostro) (recente) acquisto/ordine/l'acquisto/l'ordine/acquistato/scelto/comprato/fiducia
        restiamo/rimaniamo/siamo (sempre) a (tua) (sua) (vostra) disposizione
        buon acquisto
        buono shopping
    """),
    "repeats_market_notice.order": phrases("""
        ordine (n) (numero) (<code>) (<number>) (è) (ha) (stato) (stata) è/stato (stato) (correttamente) confermato/
            ricevuto/registrato/accettato/effettuato/preso/elaborato/lavorazione
        abbiamo (correttamente) ricevuto/registrato (il) (un) (tuo) (suo) (vostro) ordine
        confermiamo/conferma/confermo (la) (il) (di) (ricezione) (aver) (ricevuto) (del) (dell') (tuo) (suo)
            (vostro) ordine/dell'ordine/d'ordine/l'ordine
        conferma (dell') ordine
        conferma d'ordine/dell'ordine
        ordine è in (fase) (di) lavorazione/preparazione/elaborazione
        stiamo preparando/elaborando/imballando (il) (la) (tuo) (suo) ordine/pacco
    """),
    "repeats_market_notice.shipping": phrases("""
        ordine/pacco/articolo/spedizione/merce/prodotto (n) (<code>) (<number>) è (stato) (stata) (già) (oggi)
            (appena) spedito/spedita/inviato/inviata/partito/partita/affidato/affidata/consegnato-al-corriere/
            viaggio/in-viaggio
        abbiamo (appena) (oggi) (già) spedito/inviato/affidato (il) (la) (tuo) (suo) (vostro) pacco/ordine/articolo/
            merce/prodotto
        conferma (di) (della) spedizione
        numero/codice (di) spedizione/tracciamento/tracking/tracciabilità
        tracking number
        tracciare/traccia/tracci/monitorare/seguire (il) (la) (tuo) (suo) (vostro) pacco/spedizione/ordine
        pacco/ordine/spedizione è in viaggio/transito
    """),
    "repeats_market_notice.delivery": phrases("""
        ordine/pacco/articolo/spedizione (<code>) (<number>) è (stato) (stata) (già) (oggi) consegnato/consegnata/
            arrivato/arrivata/recapitato/in-consegna
        ordine/pacco/spedizione (è) (in) consegna
        ordine/pacco/articolo (è) (ora) pronto (per) (il) ritiro
        consegna prevista/stimata
        data (di) consegna prevista/stimata
        conferma (di) (avvenuta) consegna
    """),
    "repeats_market_notice.payment": phrases("""
        non abbiamo/risulta/è (ancora) (pervenuto) (ricevuto) (il) (suo) (tuo) (alcun) ricevuto/pagamento/pervenuto
            (il) (suo) (pagamento)
        in attesa del/di (suo) (tuo) pagamento
        attendiamo il (suo) (tuo) (vostro) pagamento
        promemoria/sollecito (di) pagamento
        ricordiamo/ricordo (di) (che) (il) (effettuare) (saldare) (pagamento) pagamento/effettuare/saldare/pagare
        effettuare/effettui/completare/completi/saldare (il) (l') (per-favore) pagamento
        ordine non è (stato) (ancora) (stato) pagato/saldato
        abbiamo (correttamente) ricevuto (il) (suo) (tuo) (vostro) pagamento
        pagamento (è) (stato) (correttamente) ricevuto/confermato/accreditato
    """),
    "repeats_market_notice.invoice": phrases("""
        allegato (la) fattura
        allegato/allegata/alleghiamo/allego/inviamo/invio (trova) (trovi) (troverà) (trovate) (la) (una) (sua)
            (tua) (copia) (relativa) fattura/ricevuta
        fattura (è) (relativa) (al) (del) (suo) (ordine) (in) (allegato) allegata/allegato/allegato-a/emessa
        ecco la (sua) (tua) fattura
    """),
}
