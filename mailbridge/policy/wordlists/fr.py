"""French phrases of the checks of wording: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases
from mailbridge.policy.wordlist import Wordlist
from mailbridge.policy.wordlists.notices.fr import NOTICES
from mailbridge.policy.wordlists.topics.fr import TOPIC
from mailbridge.policy.wordlists.unless.fr import UNLESS

WORDLIST = Wordlist(
    code="fr",
    negators=phrases("""
        ne
        n'
        pas
        aucun/aucune
        jamais
        sans
        ni
        au lieu de
        interdit/impossible
    """),
    negators_behind=phrases("""
        ne/n'est/n'existe pas
        ne sont pas
        pas
        interdit/interdite
    """),
    affirmers=phrases("""
        n'oubliez/oubliez/hésitez/manquez/n'hésitez/n'oublie/n'hésite/ratez pas
        pourquoi pas
        pas seulement
    """),
    market=phrases("""
        plateforme
        plate-forme
        marketplace
        place-de-marché
        allegro
        amazon
        ebay
        etsy
        vinted
        upxycled
        cdiscount
        rakuten
        fnac
    """),
    find={
        "advertising": phrases("""
            visitez/visiter/venez-visiter/découvrez/découvrir/découvre/consultez/parcourez/rendez-vous-sur (aussi)
                (également) (toute) (tous) (toutes) notre/nos (nouvelle) (nouvelles) (nouveau) (autres) (nouveaux)
                boutique/site/magasin/page/produits/articles/offres/collection/collections/catalogue/promotions/
                nouveautés/gamme/annonces
            jetez un (coup) (d') (œil) (oeil) coup/oeil ... nos/notre
            nouvelle collection (est) (maintenant) (désormais) disponible/arrivée/en-ligne/printemps/été/automne/hiver
            nouveaux arrivages/produits-disponibles/articles-disponibles
            abonnez-vous/inscrivez-vous/abonne-toi/inscris-toi à/sur (notre) (la) newsletter/notre/lettre
            notre newsletter
            suivez-nous/suivez nous/nous-sur (sur)
            suivez notre page/compte
            pourrait/pourraient (aussi) (également) vous (aussi) intéresser/plaire
            vous aimerez (aussi) (peut-être) également/aussi/peut-être
            offre/offres/promotion/promotions spéciale/spéciales/exclusive/exceptionnelle/limitée (jusqu') jusqu'/
                seulement/pour/sur/aujourd'hui/valable
            jusqu'à <number> (de) remise/réduction/rabais
            soldes d'été/d'hiver
            commandez/achetez/profitez dès-maintenant/maintenant/vite
            profitez (de) (vite) (nos) (notre) (cette) (la) offre/offres/promotion/promotions/soldes
            dans la limite des stocks
            recommandez/parrainez nous/notre/un-ami/vos-amis
            nous proposons/vendons (aussi) également/aussi
        """),
        "coupon": phrases("""
            remise/réduction/rabais/coupon ... prochain/prochaine/prochains/prochaines achat/commande/achats/commandes
            code promo/promotionnel/de-réduction/de-remise/réduction/avantage <code>
            utilisez/saisissez/entrez/profitez/appliquez (le) (ce) (notre) (votre) (du) code/coupon/bon (promo)
                (de-réduction) (promotionnel) <code>
            utilisez/saisissez/entrez/profitez/appliquez (le) (ce) (notre) (votre) (du) code/coupon/bon promo/
                promotionnel/de-réduction/réduction/d'achat
            avec le code <code>
            voici (un) (votre) (le) code/coupon/bon (promo) (de) (d') promo/réduction/achat/remise
            remise/réduction/rabais/bon/code/coupon .. votre/vos/une/toute/un prochain/prochaine/prochains/prochaines/
                deuxième/future achat/commande/achats/commandes
            votre/vos prochain/prochaine/prochains/prochaines achat/commande/achats/commandes ... remise/réduction/
                rabais/bon/code/coupon
            recevez/bénéficiez/obtenez (de) (d') (une) <number> (de) remise/réduction/rabais
            remise/réduction sur tout/toute/tous
        """),
        "review_request.neutral": phrases("""
            laissez/laisser/écrivez/écrire/donnez/donner/publiez/publier/rédiger/poster (nous) (moi) (un) (une) (votre)
                (petit) (honnête) (bref) avis/commentaire/évaluation/note
            laissez-nous (un) (une) (votre) avis/commentaire/évaluation/note
            donnez-nous (un) (votre) avis
            évaluez/notez (nous) (notre) (votre) (le) (ce) (la) produit/achat/commande/boutique/service/vendeur/notre/
                transaction
            évaluez-nous/notez-nous
            votre avis (nous) (est) (compte) important/compte/aide/intéresse/précieux
            partagez (votre) (avec) expérience/avis
        """),
        "review_request.steering": phrases("""
            avis/commentaire/évaluation/note positif/positive/positifs/favorable/excellent
            bon/bonne/excellent/excellente avis/évaluation/note
            4/5/cinq étoiles ... avis/note/évalu*/laiss*/commentaire
            avis/notez*/note/évalu*/laiss*/commentaire ... 5/cinq étoiles
            si vous êtes satisfait/satisfaite/content/contents ... avis/évalu*/note/commentaire
            si (notre) (le) (produit) vous/votre (a) plaît/plu ... avis/évalu*/note/commentaire
            avant de laisser/mettre/publier/donner (un) (une) avis/commentaire/note/évaluation négatif/négative
        """),
        "review_request.change_or_remove": phrases("""
            modifier/modifiez/changer/changez/supprimer/supprimez/retirer/retirez/enlever/enlevez/effacer/revoir
                (votre) (cet) (cette) (l') (le) (ce) (la) avis/commentaire/évaluation/note
            suppression/modification/retrait de votre avis/commentaire/évaluation/note
        """),
        "review_request.paid": phrases("""
            en échange d'un/de/d'une (votre) (avis) avis/commentaire/évaluation
            laiss*/écri*/donn*/publi* ... avis/commentaire/évaluation ... recevrez/recevez/remboursement/rembourserons/
                cadeau/bon/coupon/remise/réduction/offert/offrons
            remboursement/rembourserons/cadeau/bon/coupon/remise/réduction/offert ... pour/contre/si/après/dès ... avis/
                commentaire/évaluation
            modifi*/supprim*/retir* (votre) avis/commentaire/évaluation ... rembours*/cadeau/bon/coupon/remise
        """),
        "opt_out_request": phrases("""
            désactivez/désactiver/bloquez/bloquer (les) (toutes) (ces) (vos) notifications/messages/e-mails/mails/
                alertes de/d' (la) <market>
            désabonnez-vous/désinscrivez-vous
            vous (pouvez) désabonner/désinscrire
            pour vous désabonner/désinscrire
            se désabonner/désinscrire
            ne souhaitez/voulez/désirez plus recevoir
            plus recevoir (de) (nos) (ces) messages/e-mails/mails/newsletter/notifications
        """),
        "steering_off_market.contact": phrases("""
            écrivez-nous/contactez-nous/appelez-nous/contactez-moi/écrivez-moi/appelez-moi (plutôt) directement/en-privé
            écrivez-nous/contactez-nous/appelez-nous/contactez-moi/écrivez-moi/appelez-moi (directement) (plutôt) sur/
                par/via/au (notre) (le) whatsapp/telegram/messenger/instagram/facebook/e-mail/email/mail/téléphone/
                numéro
            contact*/écri*/parl*/communiqu*/discut* ... hors/en-dehors/dehors (de) (d') (la) <market>
            hors/en-dehors/dehors (de) (d') (la) <market> .. contact*/écri*/parl*/communiqu*/discut*
            donnez-moi/donnez-nous/envoyez-moi/envoyez-nous/communiquez-nous (votre) (s'il) adresse-e-mail/adresse-mail/
                e-mail/email/mail/numéro/téléphone (de-téléphone)
            contourner (la) <market>
        """),
        "steering_off_market.purchase": phrases("""
            command*/achet*/achat (le) (la) (produit) directement chez/sur/auprès/avec/par (de) nous/notre/nos/moi
            command*/achet* (le) (la) (produit) (plutôt) sur/dans/via/par notre/mon (propre) site/boutique/magasin
            command*/achet*/vend*/transaction/vente/affaire ... hors/en-dehors/dehors (de) (d') (la) <market>
            hors/en-dehors/dehors (de) (d') (la) <market> ... moins/remise/prix/achet*/command*/vend*
            moins cher/chère/chers (directement) (chez) (sur) nous/chez-nous/sur-notre/notre
            sur/dans notre (propre) site/boutique ... moins/remise/réduction/prix
            sans (les) (la) commission/commissions/frais (de) (d') <market>
            éviter (les) (la) commission/commissions/frais (de) (d') <market>
        """),
        "steering_off_market.payment": phrases("""
            pay*/régl*/vers*/virement (le) (la) (montant) directement à/sur/par/chez (nous) (notre) nous/notre/virement/
                compte/paypal
            pay*/paiement/régl*/vers*/virement ... hors/en-dehors/dehors (de) (d') (la) <market>
            virement/vers*/envoy*/transf* (le) (la) (l') (argent) (montant) (somme) (bancaire) sur notre/mon compte/
                paypal/iban
            paypal (entre) proches
            paypal entre amis
        """),
        "steering_off_market.cancel": phrases("""
            annulez (s'il) (vous) (plaît) (votre) (la) (cette) (ici) votre/la/cette commande/achat
            pouvez-vous/pourriez-vous/veuillez/merci-de/merci-d'/demandons-de/demande-d'/prions-de (s'il-vous-plaît)
                annuler (votre) (la) (cette) commande/achat
            annul* ... command*/achet* (directement) (à) (nouveau) chez-nous/sur-notre/directement
            demander/demandez l'annulation
        """),
        **NOTICES,
        "profanity": phrases("""
            merde/merdes/merdique
            putain
            connard/connards/connasse/connasses
            salope/salopes/salaud/salauds
            enculé/enculés/enculer
            pute/putes
            bordel de merde
            fils de pute
            va te faire foutre
            foutre/foutaises
            chier/chiant/chiante
            trou du cul
            nique/niquer
            ta gueule
        """),
        "service_question": phrases("""
            comment/où (puis-je/dois-je/peut-on) retourner/renvoyer/rendre
            comment/où .. .. retourner/renvoyer/rendre
            voudrais/souhaite/veux retourner/renvoyer/rendre
            adresse de retour
            étiquette de retour
            quand .. .. remboursé/remboursée
        """),
        **TOPIC,
    },
    unless=UNLESS,
    courtesy=phrases("""
        bonjour/bonsoir
        cher/chère
        cordialement
        bien à vous
        bonne journée/soirée
        sincères salutations
        l'équipe
        service client
    """),
    function_words=tuple(
        (
            "le la les des et est vous nous votre pour dans que une un du pas avec sur avons je ce cette au qui "
            "bien mais sont été à de ne plus notre"
        ).split()
    ),
)
