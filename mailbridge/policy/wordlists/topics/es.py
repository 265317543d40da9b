"""What mails of buyers are about, in Spanish: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

TOPIC = {
    "topic.question": phrases("""
        cómo/cuándo/dónde/cuánto/cuál/cuáles/qué
        una pregunta/consulta
        disponible/disponibles
        quisiera/quería saber/preguntar
        puede/podría/podrían decirme/confirmar/enviarme
    """),
    "topic.shipping": phrases("""
        envío*/enviar/enviado*
        entrega*/entregad*
        paquete*
        mensajero/transportista/mensajería
        seguimiento
        no ha llegado
        no he recibido
        aduana*
        punto de recogida
    """),
    "topic.invoice": phrases("""
        factura*
        nif/cif
        recibo
        ticket de compra
        comprobante
    """),
    "topic.return": phrases("""
        devolver/devolución*/devuelv*
        reembols*
        desistimiento
        cambiar/cambio .. talla/por
        cancelar/cancelación
    """),
    "topic.complaint": phrases("""
        roto/rota/dañad*/defectuos*/averiad*
        no funciona/funcionan
        producto/artículo/color/modelo equivocado/incorrecto
        falta/faltan
        incompleto
        reclam*/queja*
        garantía
        decepcionad*/estafa/falsificad*
        nunca llegó/recibí
        perdido
        disputa
    """),
}
