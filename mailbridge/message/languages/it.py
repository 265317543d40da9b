"""How mail programs and people write in Italian: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="it",
    wrote=words("ha scritto|scrive|scritto da|scriveva|hanno scritto|ha inviato"),
    opens=words("il |il giorno |in data |nel messaggio |lo |citando |scrive "),
    days=words("lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|lun|mar|mer|gio|ven|sab|dom"),
    months=words(
        "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|gen|mag|"
        "giu|lug|ago|set|ott|dic"
    ),
    from_=words("da|mittente"),
    sent=words("inviato|data|data invio|inviata|inviato il|data di invio"),
    to=words("a|destinatario|destinatari|per"),
    copy=words("cc|ccn|copia|per conoscenza"),
    subject=words("oggetto"),
    other=words("rispondi a|priorità|allegati|allegato|importanza"),
    original=words(
        "messaggio originale|messaggio inoltrato|messaggio originario|inizio messaggio inoltrato|"
        "messaggio inviato|messaggio di risposta|inoltrato da|risposta sopra questa riga|messaggio precedente"
    ),
    forwarded=words("inizio messaggio inoltrato|messaggio inoltrato|inizio del messaggio inoltrato"),
    above=words(
        "rispondi sopra questa riga|scrivi la tua risposta sopra questa riga|si prega di rispondere sopra questa riga"
    ),
    device=words(
        "inviato da|inviato dal|inviata da|inviato con|inviato tramite|inviata dal|inviato dalla|"
        "scarica outlook per|ottieni outlook per|scarica outlook|messaggio inviato da|spedito da|inviato mediante"
    ),
    closings=words(
        "grazie in anticipo|un caro saluto|"
        "cordiali saluti|distinti saluti|saluti|un saluto|un cordiale saluto|cordialmente|buona giornata|"
        "buona serata|buon lavoro|grazie|grazie mille|grazie e saluti|grazie e cordiali saluti|a presto|"
        "cari saluti|i migliori saluti|ringraziando|in attesa di un cortese riscontro|con i migliori saluti|"
        "tanti saluti|la ringrazio|vi ringrazio|ti ringrazio|ciao|in fede|resto in attesa|porgo cordiali saluti|"
        "porgo distinti saluti|cordialità"
    ),
    disclaimer=words(
        "avvertenza|avvertenze|le informazioni contenute|le informazioni trasmesse|il presente messaggio|"
        "questo messaggio|questa e-mail|questa email|la presente e-mail|la presente comunicazione|"
        "il contenuto di questa|nota di riservatezza|informativa privacy|ai sensi del|ai sensi dell|riservatezza|"
        "prima di stampare|rispetta l'ambiente|rispetta l’ambiente|pensa all'ambiente|questo documento|"
        "si precisa che le informazioni"
    ),
    secrecy=words(
        "riservat|destinatari|vietat|erroneamente|per errore|confidenzial|divulgazione|2016/679|196/2003|gdpr"
    ),
    imprint=words(
        "p.iva|p. iva|partita iva|c.f.|cod. fisc|codice fiscale|cap. soc|capitale sociale|rea |r.e.a|"
        "registro imprese|registro delle imprese|sede legale|codice sdi|cod. univoco"
    ),
    scanned=words(
        "privo di virus|questa email è stata esaminata|questa e-mail è stata esaminata|"
        "questa e-mail è stata controllata|nessun virus"
    ),
    listing=words("mailing list|per annullare l'iscrizione|per cancellarti|hai ricevuto questo messaggio"),
    answers=words("risposte|commenti|note"),
    places=words("in rosso|in blu|in verde|in grassetto|sotto|di seguito|nel testo|in calce"),
    inline=words(
        "risposte sotto|risposte di seguito|rispondo sotto|rispondo di seguito|risposte nel testo|"
        "rispondo nel testo|le mie risposte|risposte in calce|ho risposto sotto|risposte in rosso|"
        "rispondo in rosso|risposte in blu"
    ),
    first_person=words("io|noi|posso|possiamo"),
    possessives=words("mio|mia|miei|mie|nostro|nostra|nostri|nostre"),
    parcels=words(
        "oggi|ieri|domani|stamattina|stamane|stasera|settimana|fa|raccomandata|raccomandato|corriere|pacco|plico|magazzino|tracciata|poste|spedizione|spedizioniere"
    ),
)
