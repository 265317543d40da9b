"""How mail programs and people write in Portuguese: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="pt",
    wrote=words("escreveu|escreveram|escreve|escrevia|escreveu o seguinte|escrito por"),
    opens=words("em |no dia |a |às |citando |on |na |no "),
    days=words(
        "segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado|domingo|segunda|terça|quarta|"
        "quinta|sexta|seg|ter|qua|qui|sex|sáb|dom"
    ),
    months=words(
        "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|jan|fev|abr|"
        "mai|ago|set|out|dez"
    ),
    from_=words("de|remetente"),
    sent=words("enviado|enviada|data|enviado em|enviada em|enviado a|enviada a|data de envio|enviado:"),
    to=words("para|destinatário|a"),
    copy=words("cc|cco|bcc|com cópia|c/c"),
    subject=words("assunto"),
    other=words("responder para|responder a|prioridade|importância|anexos|anexo"),
    original=words(
        "mensagem original|mensagem encaminhada|mensagem reencaminhada|mensagem reenviada|e-mail original|"
        "início da mensagem reencaminhada|início da mensagem encaminhada|mensagem de resposta|encaminhado por|"
        "responda acima desta linha|mensagem anterior"
    ),
    forwarded=words(
        "início da mensagem encaminhada|início da mensagem reencaminhada|mensagem encaminhada|mensagem reencaminhada"
    ),
    above=words(
        "responda acima desta linha|escreva sua resposta acima desta linha|por favor, responda acima desta linha"
    ),
    device=words(
        "enviado do|enviado da|enviado de|enviado pelo|enviado pela|enviado a partir|enviado com|enviado por|"
        "enviado via|enviado através|obter o outlook para|obter outlook para|obtenha o outlook para|"
        "baixe o outlook para|baixar o outlook|transfira o outlook|mensagem enviada do|enviada do|enviado no meu|"
        "enviada a partir"
    ),
    closings=words(
        "abs|"
        "atenciosamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|cordialmente|obrigado|"
        "obrigada|muito obrigado|muito obrigada|desde já agradeço|att|atte|abraço|abraços|um abraço|grato|grata|"
        "com os meus cumprimentos|saudações|os meus cumprimentos|com cumprimentos|boa tarde|bom dia|até breve|"
        "obrigado e cumprimentos|respeitosamente|atentamente|beijos|fico no aguardo|agradecido|agradecida|sds|"
        "at.te|tenha um bom dia"
    ),
    disclaimer=words(
        "esta mensagem|este e-mail|este email|aviso legal|aviso de confidencialidade|as informações contidas|"
        "a informação contida|o conteúdo desta|confidencialidade|antes de imprimir|se você não for|"
        "se não for o destinatário|caso não seja|este documento|proteção de dados"
    ),
    secrecy=words("confidencial|destinatári|proibid|por engano|por erro|divulgação|meio ambiente|não autorizad"),
    imprint=words("cnpj|nipc|nif:|nif |contribuinte|capital social|registo comercial|conservatória|inscrição estadual"),
    scanned=words(
        "livre de vírus|sem vírus|este e-mail foi verificado|este email foi escrutinado|"
        "foi verificado quanto à presença de vírus"
    ),
    listing=words(
        "lista de discussão|para cancelar a inscrição|cancelar a subscrição|você recebeu esta mensagem|"
        "recebeu esta mensagem"
    ),
    answers=words("respostas|comentários"),
    places=words("em vermelho|em azul|em verde|em negrito|abaixo|no texto"),
    inline=words(
        "respostas abaixo|respondo abaixo|minhas respostas|respostas no corpo|as minhas respostas|"
        "respondi abaixo|respostas em vermelho|respostas em azul"
    ),
    first_person=words("eu|nós|posso|podemos"),
    possessives=words("meu|minha|meus|minhas|nosso|nossa"),
    parcels=words(
        "hoje|ontem|amanhã|manhã|tarde|semana|registado|registada|registrada|encomenda|transportadora|pacote|armazém|ctt|sedex|correios"
    ),
)
