"""How the notices of marketplaces read in French: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

NOTICES = {
    "repeats_market_notice.thanks": phrases("""
        merci (beaucoup) (infiniment) pour/de/d' (votre) (avoir) (l') achat/commande/confiance/commandé/choisi/
            paiement
        vous remercions/remercie pour/de (votre) achat/commande/confiance
        restons/sommes à votre disposition
    """),
    "repeats_market_notice.order": phrases("""
        commande (<code>) (<number>) (a) (est) (été) a/est (bien) (été) confirmée/reçue/enregistrée/acceptée/
            validée/préparation
        avons (bien) reçu/enregistré votre commande
        confirmation de (votre) commande
        confirmons (la) (réception) (de) votre commande
    """),
    "repeats_market_notice.shipping": phrases("""
        commande/colis/article/produit (<code>) (<number>) (a) (est) (été) a/est (bien) (été) (en) expédié/expédiée/
            envoyé/envoyée/route/chemin
        avons (bien) expédié/envoyé votre commande/colis/article
        numéro de suivi/colis/tracking
        suivre/suivez (votre) colis/commande
    """),
    "repeats_market_notice.delivery": phrases("""
        commande/colis (a) (est) (été) a/est (bien) (été) livré/livrée/arrivé/arrivée
        livraison prévue/estimée
        colis (est) disponible/prêt
    """),
    "repeats_market_notice.payment": phrases("""
        pas (encore) reçu (votre) paiement/règlement
        rappel de paiement
        attente de (votre) paiement/règlement
        avons (bien) reçu votre paiement/règlement
    """),
    "repeats_market_notice.invoice": phrases("""
        ci-joint/joint/jointe/pièce-jointe (vous) (trouverez) (la) (votre) facture
        facture (est) (en) (de) (votre) (commande) jointe/ci-jointe/pièce-jointe
        voici votre facture
    """),
}
