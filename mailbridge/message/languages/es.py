"""How mail programs and people write in Spanish: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="es",
    wrote=words("escribió|escribio|ha escrito|escribe|escribía|escribieron"),
    opens=words("el |en |a las |citando a |iniciado por |con fecha |al "),
    days=words("lunes|martes|miércoles|jueves|viernes|sábado|domingo|lun|mar|mié|jue|vie|sáb|dom"),
    months=words(
        "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|ene|"
        "abr|ago|sep|sept|dic|oct"
    ),
    from_=words("de|remitente"),
    sent=words("enviado|fecha|enviado el|enviada el|enviado a las|fecha de envío|date|enviada"),
    to=words("para|a|destinatario"),
    copy=words("cc|cco|copia"),
    subject=words("asunto"),
    other=words("responder a|prioridad|importancia|datos adjuntos|adjuntos|adjunto"),
    original=words(
        "mensaje original|mensaje reenviado|mensaje inicial|correo original|inicio del mensaje reenviado|"
        "mensaje enviado|mensaje de respuesta|reenviado por|responda por encima de esta línea|mensaje anterior|"
        "inicio de mensaje reenviado"
    ),
    forwarded=words(
        "inicio del mensaje reenviado|inicio de mensaje reenviado|mensaje reenviado|comienzo del mensaje reenviado"
    ),
    above=words(
        "responda por encima de esta línea|escriba su respuesta por encima de esta línea|"
        "responder sobre esta línea|por favor, escriba su respuesta sobre esta línea"
    ),
    device=words(
        "enviado desde|enviado con|enviado por|enviado vía|enviado a través|enviado mediante|enviado de|"
        "obtener outlook para|obtén outlook para|obtenga outlook para|descargar outlook para|"
        "descarga outlook para|mensaje enviado desde|enviado usando"
    ),
    closings=words(
        "saludos|saludos cordiales|un saludo|un cordial saludo|cordiales saludos|atentamente|atte|muchas gracias|"
        "gracias|mil gracias|gracias de antemano|muchas gracias de antemano|gracias y saludos|cordialmente|"
        "un abrazo|abrazos|saludos atentos|reciba un cordial saludo|quedo a la espera|quedo atento|quedo atenta|"
        "hasta pronto|sin otro particular|que tenga buen día|buen día|que tengas un buen día|muy atentamente|"
        "besos|un fuerte abrazo|saludo"
    ),
    disclaimer=words(
        "este mensaje|este correo|este e-mail|este email|aviso legal|aviso de confidencialidad|"
        "la información contenida|la información incluida|el contenido de este|antes de imprimir|"
        "protección de datos|política de privacidad|si no es usted|si usted no es|si ha recibido|"
        "nota de confidencialidad|confidencialidad|la presente comunicación|en cumplimiento de|"
        "de conformidad con|en virtud de lo"
    ),
    secrecy=words(
        "confidencial|destinatari|prohibid|por error|divulgación|2016/679|protección de datos|medio ambiente"
    ),
    imprint=words("c.i.f|cif:|cif |n.i.f|nif:|registro mercantil|inscrita en el|rfc:|domicilio social|rut:"),
    scanned=words("libre de virus|este correo electrónico ha sido comprobado|ha sido analizado|no contiene virus"),
    listing=words(
        "lista de correo|para darse de baja|para cancelar su suscripción|has recibido este mensaje|recibió este mensaje"
    ),
    answers=words("respuestas|comentarios"),
    places=words("en rojo|en azul|en verde|en negrita|abajo|debajo|más abajo|en el texto"),
    inline=words(
        "respuestas abajo|respondo abajo|mis respuestas|respuestas debajo|entre líneas|respondo en el texto|"
        "respuestas en el texto|contesto abajo|respondo debajo|respuestas en rojo|respuestas en azul|"
        "respondo en rojo"
    ),
    first_person=words("yo|puedo|podemos|nosotros"),
    possessives=words("mi|mis|nuestro|nuestra|nuestros|nuestras"),
    parcels=words(
        "hoy|ayer|mañana|tarde|semana|certificado|certificada|paquete|mensajería|mensajero|transportista|almacén|correos"
    ),
)
