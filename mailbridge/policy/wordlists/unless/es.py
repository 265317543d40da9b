"""What makes Spanish sentences honest ones for the checks of wording: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

UNLESS = {
    "advertising": phrases("""
        ha/has preguntado/pedido/solicitado
        como acordado/solicitado
        cambio/sustitución/devolución
    """),
    "coupon": phrases("""
        usado/utilizado/introducido/aplicado/preguntado/caducado/usó/utilizó
        este pedido
        ya descontado
        código postal
    """),
    "review_request": phrases("""
        ha/has dejado/escrito/publicado
        perito/peritaje
    """),
    "opt_out_request": phrases("""
        hemos/ha/has sido/dado (de-baja) baja/de
    """),
    "steering_off_market": phrases("""
        a-través/por/en/mediante/dentro (de) (la) (el) (mensajería) (mensajes) <market>
        por/en/mediante la/el/su (mensajería) (chat) (cuenta) mensajería/chat/cuenta
        si (ya) (no) lo/quiere/desea/prefiere/quieres/deseas/prefieres/ha
        ha/has pedido/solicitado/preguntado
        como solicitado/acordado
        transportista/mensajero/correos/su-banco/el-banco/fabricante/dhl/ups/dpd/gls/seur
        estafa/cuidado/fraude/prohibido/normas
    """),
    "steering_off_market.cancel": phrases("""
        si (ya) (no) lo/quiere/desea/prefiere/quieres/deseas/prefieres/ha
        en caso
        ha/has pedido/solicitado/preguntado
        como solicitado/acordado
    """),
    "repeats_market_notice": phrases("""
        lamentablemente
        desgraciadamente
        disculp*/sentimos/siento/perdón/lamentamos
        retras*/demora*/tarde
        problema*/error*/dañad*/rot*/falta*/perdid*/defect*
        agotad*
        devol*/reembols*/cancel*/cambio/sustitu*
        pregunta/solicitud/consulta
        puede/podría/por-favor (nos) (me) confirmar/indicar/elegir/revisar/responder/confirme/indique/elija/
            confirmarnos
        como acordado
        grabado/color/talla/personaliza*
        antes de usar/del-primer/utilizar
        aduan*
    """),
}
