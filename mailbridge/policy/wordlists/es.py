"""Spanish phrases of the checks of wording: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases
from mailbridge.policy.wordlist import Wordlist
from mailbridge.policy.wordlists.notices.es import NOTICES
from mailbridge.policy.wordlists.topics.es import TOPIC
from mailbridge.policy.wordlists.unless.es import UNLESS

WORDLIST = Wordlist(
    code="es",
    negators=phrases("""
        no
        ningún/ninguna/ninguno
        nunca/jamás
        sin
        ni
        en lugar/vez de
        prohibido/imposible
    """),
    negators_behind=phrases("""
        no
        prohibido/prohibida
    """),
    affirmers=phrases("""
        no olvid*/dud*/pierd*/te-pierdas/se-pierda
        por qué no
        no solo/sólo
    """),
    market=phrases("""
        plataforma
        marketplace
        allegro
        amazon
        ebay
        etsy
        vinted
        upxycled
        aliexpress
        wallapop
    """),
    find={
        "advertising": phrases("""
            visita/visite/visitad/visiten/descubre/descubra/descubran/explora/explore/consulta/consulte/mira/mire/
                eche-un-vistazo-a/echa-un-vistazo-a (también) (todos) (todas) (el) (a) nuestra/nuestras/nuestro/
                nuestros (nueva) (nuevas) (nuevos) (otros) (otras) tienda/web/página/sitio/productos/artículos/ofertas/
                colección/catálogo/promociones/novedades/anuncios
            visita/visite/visiten nuestra/nuestro
            nueva colección (ya) (está) (ahora) disponible/llegado/primavera/verano/otoño/invierno/online
            suscríbete/suscríbase/suscríbanse/suscribirse/apúntate (a) (al) (nuestra) (nuestro) boletín/newsletter/
                nuestra/nuestro
            nuestra newsletter
            nuestro boletín
            síguenos/síganos/síguenos-en (en)
            podría/podrían/puede/pueden (que) (también) interesarte/interesarle/gustarte/gustarle
            te/le podría/podrían (también) interesar/gustar
            oferta/ofertas/promoción/promociones especial/especiales/exclusiva/exclusivas/limitada/increíble (solo)
                (sólo) hasta/para/solo/sólo/hoy/en/por
            hasta (un) <number> (de) descuento
            rebajas de verano/invierno/enero
            compra/compre/pide/pida ahora/ya
            aprovecha/aproveche/aprovechen (ya) (nuestra) (nuestras) (esta) (estas) (la) (las) oferta/ofertas/promoción/
                promociones/rebajas
            hasta agotar existencias/stock
            recomiéndanos/recomiéndenos
            también vendemos/ofrecemos/tenemos
        """),
        "coupon": phrases("""
            descuento/cupón/vale ... próxima/próximo/siguiente compra/pedido
            código (de) descuento/promocional/cupón <code>
            usa/use/utiliza/utilice/introduce/introduzca/aplica/aplique/canjea/canjee (el) (este) (nuestro) (tu) (su)
                código/cupón/vale (de) (descuento) (promocional) <code>
            usa/use/utiliza/utilice/introduce/introduzca/aplica/aplique/canjea/canjee (el) (este) (nuestro) (tu) (su)
                código/cupón/vale (de) descuento/promocional
            con el código <code>
            aquí (tiene) (tienes) (está) (un) (tu) (su) código/cupón/vale (de) descuento/promocional
            descuento/cupón/vale/código .. tu/su/la/una/el/un próxima/próximo/próximas/siguiente/segunda/futura compra/
                pedido/compras
            tu/su próxima/próximo/siguiente compra/pedido ... descuento/cupón/vale/código
            recibe/recibirá/recibirás/obtén/consigue/disfruta (de) (un) <number> (de) descuento
            descuento en todo/toda/todos
        """),
        "review_request.neutral": phrases("""
            deja/deje/dejar/dejarnos/déjanos/déjenos/escribe/escriba/escribir/publica/publicar/danos/denos (por-favor)
                (una) (un) (tu) (su) (breve) (sincera) (honesta) reseña/opinión/valoración/comentario/evaluación
            valora/valore/valorar/califica/califique/evalúa/evalúe (tu) (su) (el) (la) (nuestro) (este) producto/compra/
                pedido/tienda/servicio/vendedor/experiencia/nuestro
            valóranos/valórenos/califícanos
            tu/su opinión/reseña/valoración (es) (nos) (muy) importante/ayuda/cuenta/valiosa
            comparte/comparta (tu) (su) experiencia/opinión
        """),
        "review_request.steering": phrases("""
            reseña/opinión/valoración/comentario/evaluación positiva/positivo/favorable/excelente
            buena/excelente reseña/opinión/valoración
            4/5/cinco estrellas ... reseña/opinión/valora*/dej*/evalu*/calific*
            reseña/opinión/valora*/valór*/dej*/danos/evalu*/calific* ... 5/cinco estrellas
            si está/estás/quedó/quedaste (muy) satisfecho/satisfecha/contento/contenta ... reseña/opinión/valora*/
                calific*
            si te/le gusta/gustó/ha-gustado ... reseña/opinión/valora*/calific*
            antes de dejar/escribir/poner/publicar (una) (un) reseña/opinión/valoración/comentario negativa/negativo
        """),
        "review_request.change_or_remove": phrases("""
            cambiar/cambie/cambia/modificar/modifique/modifica/eliminar/elimine/elimina/borrar/borre/borra/retirar/
                retire/retira/quitar (tu) (su) (la) (el) (esa) reseña/opinión/valoración/comentario/evaluación
            eliminación/modificación de su/tu reseña/opinión/valoración
        """),
        "review_request.paid": phrases("""
            a cambio de (una) (un) (su) (tu) (su) reseña/opinión/valoración/comentario
            cambio de una/su/tu (buena) reseña/opinión/valoración
            dej*/escrib*/public* ... reseña/opinión/valoración ... recibirá/recibirás/reembols*/regalo/vale/cupón/
                descuento/gratis
            reembols*/regalo/vale/cupón/descuento/gratis ... por/si/tras/después/cuando ... reseña/opinión/valoración
            cambi*/modific*/elimin*/borr*/retir* (tu) (su) (la) reseña/opinión/valoración ... reembols*/regalo/vale/
                cupón/descuento/compens*
        """),
        "opt_out_request": phrases("""
            desactiva/desactive/desactivar/bloquea/bloquee/bloquear/silencia .. notificaciones/mensajes/correos/avisos
                de/del (la) <market>
            darse/darte/date/dese de baja
            para darse/darte de baja
            cancele/cancela/cancelar (su) (tu) (la) suscripción
            no desea/deseas/quiere/quieres recibir (más) (nuestros) (estos) mensajes/correos/notificaciones/boletín/más
        """),
        "steering_off_market.contact": phrases("""
            escríbenos/escríbanos/contáctanos/contáctenos/llámanos/llámenos/escríbeme/escríbame/contácteme/contáctame/
                llámame/llámeme (mejor) directamente/en-privado
            escríbenos/escríbanos/contáctanos/contáctenos/llámanos/llámenos/escríbeme/escríbame/contácteme/contáctame/
                llámame/llámeme (directamente) (mejor) por/al/a/en/vía (nuestro) (el) whatsapp/telegram/messenger/
                instagram/facebook/correo/e-mail/email/teléfono/número/nuestro
            contact*/escrib*/habl*/comunic*/sigamos ... fuera (de) (del) (la) <market>
            fuera (de) (del) (la) <market> .. contact*/escrib*/habl*/comunic*
            deme/dame/envíeme/envíame/páseme/pásame/facilítenos (su) (tu) (el) correo/e-mail/email/teléfono/número/
                móvil/whatsapp
        """),
        "steering_off_market.purchase": phrases("""
            compr*/ped*/pid* (lo) (el) (producto) directamente en/a/con/desde/por nosotros/nuestra/nuestro/mí
            compr*/ped*/pid*/pedido (lo) (el) (producto) (mejor) en/a-través-de/desde/por nuestra/nuestro (propia)
                tienda/web/página/sitio
            compr*/vend*/transacción/venta/trato/negocio ... fuera (de) (del) (la) <market>
            fuera (de) (del) (la) <market> ... barato/descuento/precio/compr*/vend*
            más barato/barata/económico (directamente) (en) nuestra/nuestro/en-nuestra/en-nuestro/con-nosotros
            en nuestra (propia) web/tienda/página ... barato/descuento/precio/económico
            sin (las) (la) comisiones/comisión (de) <market>
            evitar/ahorrar (las) (la) comisiones/comisión
        """),
        "steering_off_market.payment": phrases("""
            pag*/transf*/envi* (el) (la) (dinero) (importe) directamente a/en/por/con (nosotros) (nuestra) nosotros/
                nuestra/nuestro/transferencia/mi/paypal
            pag*/transf*/envi* ... fuera (de) (del) (la) <market>
            transferencia/transfiera/transfiere/envíe/envía/ingrese (el) (la) (dinero) (importe) (bancaria) a nuestra/
                mi/nuestro (cuenta) cuenta/paypal/iban
            paypal (entre) amigos (y) (familiares)
        """),
        "steering_off_market.cancel": phrases("""
            cancele/cancela/anule/anula/cancelen (por-favor) (aquí) (su) (tu) (el) (este) pedido/compra
            puede/puedes/podría/podrías/le-pedimos/le-pido/rogamos/pedimos (por-favor) (que) cancelar/anular/cancele/
                anule (su) (tu) (el) (este) pedido/compra
            cancel*/anul* ... compr*/pid*/ped* (de) (nuevo) (directamente) en-nuestra/directamente/con-nosotros
            solicite/solicita/solicitar la cancelación
        """),
        **NOTICES,
        "profanity": phrases("""
            mierda/mierdas
            joder/jodido/jodida/jódete
            puta/putas/puto/putos/putada
            hijo/hijos de puta
            hijoputa
            gilipollas/gilipollez
            cabrón/cabrones/cabrona
            coño
            pendejo/pendejos
            capullo
            maricón
            me cago en
            cojones/cojonudo
            que te jodan
            vete a la mierda
            chingar/chingada
        """),
        "service_question": phrases("""
            cómo/dónde (puedo/debo/podemos/se-puede) devolver
            cómo/dónde .. .. devolver
            quiero/quisiera/querría/me-gustaría devolver
            dirección de devolución
            etiqueta de devolución
            cuándo .. .. reembolso/dinero
        """),
        **TOPIC,
    },
    unless=UNLESS,
    courtesy=phrases("""
        hola
        estimado/estimada/querido
        buenos/buenas días/tardes
        un (cordial) saludo
        saludos
        atentamente
        el equipo
        atención al cliente
    """),
    function_words=tuple(
        (
            "el la los las que de y en un una por con para su es se del al está hemos pero como más le nos lo si "
            "este esta muy ha pedido no"
        ).split()
    ),
)
