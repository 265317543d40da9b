"""What mails of buyers are about, in French: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

TOPIC = {
    "topic.question": phrases("""
        est-ce que
        comment/quand/combien/quel/quelle/quels/quelles/pourquoi
        une question
        disponible/disponibles
        pouvez-vous/pourriez-vous
    """),
    "topic.shipping": phrases("""
        livr*/livraison*
        expédi*/expédition*
        colis
        transporteur*
        numéro de suivi
        pas (encore) reçu/arrivé
        point relais
        douane
    """),
    "topic.invoice": phrases("""
        factur*
        numéro de tva
        justificatif d'achat
        ticket de caisse
        avoir
    """),
    "topic.return": phrases("""
        retour*
        renvoyer/renvoi
        rembours*
        rétract*
        échang*
        annul*
    """),
    "topic.complaint": phrases("""
        cassé*/endommagé*/défectueu*/abîmé*
        ne fonctionne/marche pas/plus
        mauvais article/produit/couleur/modèle
        il manque
        non conforme
        réclam*
        garantie
        déçu*/arnaque/contrefaçon
        jamais reçu/arrivé
        perdu
        litige
    """),
}
