"""How mail programs and people write in French: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="fr",
    wrote=words("a écrit|écrivait|a ecrit|écrit|a envoyé|écrivit"),
    opens=words("le |en date du |à |citation de |selon |quoting |dans le message "),
    days=words("lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim"),
    months=words(
        "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|janv|févr|fév|avr|"
        "juil|sept|oct|nov|déc"
    ),
    from_=words("de|expéditeur|de la part de"),
    sent=words("envoyé|message du|date|envoyé le|date d'envoi|envoyée|date/heure"),
    to=words("à|a|pour|destinataire|destinataires"),
    copy=words("cc|cci|copie|copie à|copie a"),
    subject=words("objet|sujet"),
    other=words("répondre à|priorité|importance|pièces jointes|pièce jointe|reply-to"),
    original=words(
        "message d'origine|message d’origine|message original|message originale|message transféré|"
        "message initial|message réexpédié|courriel original|début du message réexpédié|"
        "début du message transféré|message de réponse|transféré par|répondre au-dessus de cette ligne|"
        "message précédent|mail original|e-mail d'origine"
    ),
    forwarded=words("début du message transféré|début du message réexpédié|message transféré"),
    above=words(
        "répondre au-dessus de cette ligne|veuillez répondre au-dessus de cette ligne|"
        "merci de répondre au-dessus de cette ligne|répondez au-dessus de cette ligne"
    ),
    device=words(
        "envoyé de|envoyé depuis|envoyé à partir|envoyé avec|envoyé par|envoyé via|envoyée de|envoyé du|"
        "obtenez outlook pour|obtenir outlook pour|télécharger outlook pour|téléchargez outlook pour|"
        "obtenez outlook|message envoyé depuis|provenance :|rédigé sur|envoyé grâce"
    ),
    closings=words(
        "veuillez agréer, madame, monsieur, mes salutations distinguées|veuillez agréer mes salutations distinguées|"
        "cordialement|bien cordialement|très cordialement|bien à vous|bien à toi|salutations|"
        "sincères salutations|salutations distinguées|meilleures salutations|amicalement|cdt|cdlt|bonne journée|"
        "bonne soirée|bonne réception|bien amicalement|respectueusement|merci|merci beaucoup|merci d'avance|"
        "merci d’avance|merci par avance|avec mes remerciements|dans l'attente|dans l’attente|"
        "je vous prie d'agréer|je vous prie d’agréer|veuillez agréer|veuillez recevoir|à bientôt|bises|bisous|"
        "merci et bonne journée|sincèrement|bàv|belle journée|bon week-end|merci à vous|merci bien"
    ),
    disclaimer=words(
        "ce message|ce courriel|ce courrier|cet e-mail|cet email|cette communication|les informations contenues|"
        "avertissement|avis de confidentialité|confidentialité :|l'intégrité de ce message|"
        "l’intégrité de ce message|si vous n'êtes pas|si vous n’êtes pas|pensez à l'environnement|"
        "pensez à l’environnement|avant d'imprimer|avant d’imprimer|n'imprimez ce|le présent message|"
        "le contenu de ce|toute utilisation|mention légale|pensez environnement"
    ),
    secrecy=words("confidentiel|destinataire|par erreur|interdit|divulgation|environnement|strictement"),
    imprint=words(
        "siret|siren|rcs |r.c.s|capital social|au capital de|tva intracommunautaire|n° tva|code ape|siège social|"
        "code naf|numéro d'entreprise|bce "
    ),
    scanned=words("sans virus|l'absence de virus|l’absence de virus|garanti sans virus|ce mail a été vérifié"),
    listing=words(
        "liste de diffusion|pour se désabonner|se désinscrire|vous recevez ce message|vous avez reçu ce message"
    ),
    answers=words("réponses|commentaires|remarques"),
    places=words("en rouge|en bleu|en vert|en gras|ci-dessous|plus bas|dans le texte"),
    inline=words(
        "réponses ci-dessous|mes réponses|réponses dans le texte|réponse dans le texte|"
        "je réponds dans le texte|dans le corps du texte|réponds ci-dessous|répondu ci-dessous|"
        "dans le corps du message|réponses en rouge|réponses en bleu|commentaires en rouge|réponds en rouge"
    ),
    first_person=words("je|j'ai|nous|j'en"),
    possessives=words("mon|ma|mes|notre|nos"),
    parcels=words(
        "aujourd'hui|hier|demain|matin|soir|semaine|recommandé|suivi|suivie|colis|poste|transporteur|lettre|chronopost|colissimo|entrepôt|relais"
    ),
)
