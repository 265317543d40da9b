"""What makes French sentences honest ones for the checks of wording: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

UNLESS = {
    "advertising": phrases("""
        avez demandé
        comme convenu/demandé
        échange/échanger/remplacement
    """),
    "coupon": phrases("""
        utilisé/saisi/appliqué/entré/demandé/expiré
        cette commande
        déjà déduit/déduite
        code postal
    """),
    "review_request": phrases("""
        avez/as laissé/écrit/donné
        expert/expertise
    """),
    "opt_out_request": phrases("""
        avez/avons/êtes (été) désabonné/désinscrit
    """),
    "steering_off_market": phrases("""
        via/par/sur/dans/à-travers (la) (le) (l') (messagerie) (de) (d') <market>
        via/par/dans la/le/votre messagerie/chat/compte/messages
        si vous ne/souhaitez/voulez/préférez/avez
        avez demandé
        comme demandé/convenu/souhaité
        transporteur/livreur/poste/votre-banque/la-banque/fabricant/dhl/ups/dpd/gls/chronopost/colissimo/mondial
        arnaque/attention/fraude/interdit/règlement
    """),
    "steering_off_market.cancel": phrases("""
        si vous ne/souhaitez/voulez/préférez/avez
        en cas
        avez demandé
        comme demandé/convenu/souhaité
    """),
    "repeats_market_notice": phrases("""
        malheureusement
        désolé*/excus*/regrett*
        retard*/tard
        problème*/erreur*/endommag*/cass*/manqu*/perdu*/défaut/défectueu*
        rupture
        retour*/rembours*/annul*/échang*/remplac*
        question/demande/demandé
        merci-de/veuillez/pouvez-vous/pourriez-vous/s'il-vous-plaît (me) (nous) confirmer/indiquer/choisir/vérifier/
            préciser/répondre/communiquer/confirmez/indiquez/choisissez
        comme convenu
        gravure/couleur/taille/personnalis*
        avant (la) (le) (de) première/utilis*
        douan*
    """),
}
