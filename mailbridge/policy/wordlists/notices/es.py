"""How the notices of marketplaces read in Spanish: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

NOTICES = {
    "repeats_market_notice.thanks": phrases("""
        gracias por (su) (tu) (la) (haber) compra/pedido/comprar/confiar/confianza/comprado/elegirnos/pago
        agradecemos su/tu (compra) pedido/compra/confianza
        quedamos/estamos a (su) (tu) disposición
    """),
    "repeats_market_notice.order": phrases("""
        pedido (<code>) (<number>) (ha) (está) (sido) ha/está/fue (sido) (siendo) confirmado/recibido/registrado/
            aceptado/preparado/preparación
        hemos recibido/registrado (su) (tu) (el) pedido
        confirmación de/del (su) (tu) pedido
        confirmamos (la) (recepción) (de) su/tu pedido
    """),
    "repeats_market_notice.shipping": phrases("""
        pedido/paquete/artículo/producto (<code>) (<number>) (ha) (está) (sido) ha/está/fue (sido) (en) enviado/
            despachado/camino
        hemos enviado/despachado (su) (tu) (el) pedido/paquete/artículo
        número/código de seguimiento/rastreo/envío
        seguir/rastrear/siga/rastree (su) (tu) (el) pedido/paquete/envío
    """),
    "repeats_market_notice.delivery": phrases("""
        pedido/paquete ha/fue (sido) entregado/llegado
        entrega prevista/estimada
        pedido/paquete (está) listo (para) recoger
    """),
    "repeats_market_notice.payment": phrases("""
        no hemos recibido (su) (tu) (el) pago
        recordatorio de pago
        espera de (su) (tu) pago
        esperando su/tu pago
        hemos recibido su/tu pago
    """),
    "repeats_market_notice.invoice": phrases("""
        adjunto/adjunta/adjuntamos/adjuntada (le) (encontrará) (la) (su) (tu) factura
        factura (está) (en) (de) (su) (pedido) adjunta/adjunto
        aquí (tiene) (está) (la) (su) factura
    """),
}
