"""What makes Italian sentences honest ones for the checks of wording: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

UNLESS = {
    "advertising": phrases("""
        ha/hai/avete chiesto/domandato/richiesto
        come richiesto/concordato/da-lei
        sua/tua/vostra domanda/richiesta
        sostituzione/cambio/reso/sostituire
    """),
    "coupon": phrases("""
        usato/utilizzato/inserito/applicato/chiesto/richiesto
        scaduto/scaduta/invalido/valido-più
        già detratto/compreso/incluso
        questo/su-questo/sull'/del-suo/del-tuo ordine
        codice postale
    """),
    "review_request": phrases("""
        ha/hai lasciato/scritto/pubblicato
        perito/perizia
        valutare/valuteremo (il) (la) (suo) (caso/reclamo/richiesta/danno) caso/reclamo/richiesta/danno/foto
    """),
    "opt_out_request": phrases("""
        abbiamo/stato/stata cancellato/disiscritto/rimosso/disiscritta
        come richiesto
    """),
    "steering_off_market": phrases("""
        tramite/attraverso/su/sulla/sul/nella/nel/dentro (la) (il) (i) (messaggistica) (messaggi) (chat) (di)
            (della) <market>
        tramite/attraverso/nella/nel/dal/dalla (il) (la) (i) (suo) (tuo) (sua) messaggi/messaggistica/chat/account/
            profilo/area/sezione
        qui in chat
        rispondendo/rispondere/risponda/rispondi (a) questo/questa/al/alla
        se (non) (lo) (la) (le) (desidera) (preferisce) vuole/desidera/preferisce/vuoi/desideri/preferisci/cambia/
            cambiato/interessa
        ha/hai/avete chiesto/richiesto/domandato
        come richiesto/concordato/desidera
        corriere/spedizioniere/posta/poste/sua-banca/la-banca/produttore/dhl/ups/gls/bartolini/brt/sda/inpost/dpd/
            fedex
        truffa/truffe/attenzione/phishing
        vietato/regolamento/regole/contrario
    """),
    "steering_off_market.cancel": phrases("""
        se (non) (lo) (la) (le) (desidera) (preferisce) vuole/desidera/preferisce/vuoi/desideri/preferisci/cambia/
            cambiato/interessa
        in caso
        ha/hai/avete chiesto/richiesto/domandato
        come richiesto/concordato/desidera
    """),
    "repeats_market_notice": phrases("""
        purtroppo
        scus*/dispiac*/spiacenti/spiace
        ritardo/ritardi/tardi/ritardato
        problema/problemi/errore/errori/danneggiat*/rott*/manca/mancante/mancano/difett*/smarrit*/perso/persa/
            sbagliat*
        esaurito/esaurita
        non disponibile
        reso/rimbors*/restitu*/annull*/sostitu*/cambio
        domanda/richiesta/richiesto/chiesto
        per-favore/gentilmente/cortesemente/prego (ci) (mi) confermi/conferma/confermare/scelga/scegli/indichi/
            indica/controlli/controlla/risponda/rispondi/comunichi
        mi/ci (può) (puoi) (faccia) confermi/conferma/confermare/sapere/indicare/dire/comunichi/indichi
        potrebbe/può/puoi/potresti
        come concordato/d'accordo/da-accordi
        incisione/colore/taglia/misura/personalizza*/personalizzat*
        prima del/di (primo) utilizzo/uso/usare/utilizzare/montare/lavaggio
        dogan*
    """),
}
