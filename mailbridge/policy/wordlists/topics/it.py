"""What mails of buyers are about, in Italian: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

TOPIC = {
    "topic.question": phrases("""
        è/sono/avete/potete/può/puoi/posso/potrei/si-può disponibile/disponibili/possibile/compatibile
        come/quando/dove/quale/quali/quanto/quanti/perché
        ho una domanda
        domanda su
        vorrei/volevo sapere/chiedere
        potete/potreste/può/potrebbe dirmi/confermare/confermarmi/inviarmi/mandarmi
        mi sa dire
        disponibilità
        informazioni
    """),
    "topic.shipping": phrases("""
        spedizion*/spedire/spedit*/spedisc*
        consegn*
        pacco/pacchi
        corriere/corrieri
        tracciamento/tracking/tracciare
        numero di spedizione
        quando arriva/arriverà/arrivano/spedite
        non è (ancora) arrivato/arrivata
        non ho (ancora) ricevuto
        dov'è
        dove si trova
        punto di ritiro
        dogana
        cambiare (l') indirizzo
        giacenza
        in transito
    """),
    "topic.invoice": phrases("""
        fattur*
        partita iva
        p iva
        codice fiscale
        codice destinatario
        ricevuta
        scontrino
        prova d'acquisto
        nota di credito
    """),
    "topic.return": phrases("""
        reso/resi
        restitu*
        rimbors*
        rimandare/rispedire
        recesso/recedere
        cambiare/cambio .. taglia/con/articolo
        sostituire/sostituzione
        annullare/annullamento/annullo
        taglia sbagliata
        troppo grande/piccolo/piccola
        indietro i soldi
    """),
    "topic.complaint": phrases("""
        rotto/rotta/rotti/rotte
        danneggiat*
        difett*
        non funziona/funzionano/funzionava/va
        ha smesso di funzionare
        graffiat*/ammaccat*/crepat*
        articolo/prodotto/colore/modello sbagliato/errato/diverso
        sbagliato articolo/prodotto/colore
        manca/mancano/mancante/mancanti
        incomplet*
        non conforme
        reclam*
        garanzia
        delus*/insoddisfatt*/vergogn*/inaccettabile
        truffa/falso/contraffatt*
        mai arrivato/arrivata/ricevuto
        smarrit*
        contestazion*/controversia
        ancora nessuna/nessun risposta
        avvocato/associazione consumatori
    """),
}
